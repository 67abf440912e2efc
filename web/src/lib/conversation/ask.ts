import type { Talk } from '#lib/ask/talk.svelte.ts'
import type { Request } from '#lib/ask/wish.svelte.ts'
import { sayProblem } from '#lib/notify.ts'

/** Asks for something that a button words, with the model chosen in the box. */
export async function ask(talk: Talk, request: Request): Promise<void> {
  const problem = await talk.send({ ...talk.wish.choices(), ...request })
  if (problem) void sayProblem(problem)
}
