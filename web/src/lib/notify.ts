import type { Problem } from './api.ts'

/** A short word in the corner that goes by itself. */
export async function say(text: string): Promise<void> {
  const { toast } = await import('svelte-sonner')
  toast(text)
}

/** The same for something that did not work. */
export async function sayProblem({ title, detail }: Problem): Promise<void> {
  const { toast } = await import('svelte-sonner')
  toast.error(title, detail ? { description: detail } : {})
}
