import { sayProblem } from '#lib/notify.ts'
import type { Wish } from './wish.svelte.ts'

/** Attaches images to what is about to be asked, and says what hinders it. */
export async function attachImages(wish: Wish, files: readonly File[]): Promise<void> {
  const problems = await Promise.all(files.map((file) => wish.attachImage(file)))
  const problem = problems.find(Boolean)
  if (problem) void sayProblem(problem)
}
