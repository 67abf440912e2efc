import type { Talk } from '#lib/ask/talk.svelte.ts'
import type { Request } from '#lib/ask/request.ts'
import { sayProblem } from '#lib/notify.ts'

/** Asks for something that a button words, with the model and the limit chosen in the box. */
export async function ask(talk: Talk, request: Request): Promise<void> {
  const problem = await talk.send({ ...talk.wish.ownLimit(), ...worded(talk, request) })
  if (problem) return void sayProblem(problem)
  talk.wish.limit = ''
}

/** The request of a button as its price is asked for: the limit does not change the price. */
export const worded = (talk: Talk, request: Request): Request => ({ ...talk.wish.choices(), ...request })
