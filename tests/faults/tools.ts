import type { End, Fault } from './fate.ts'
import type { Misreply } from './model.ts'

const toSay: readonly (readonly [name: string, reply: Misreply, ends: readonly End[]])[] = [
  ['a command never ends', 'a command without end', ['succeeded']],
  ['a command prints 100 MB', 'a command that prints 100 MB', ['succeeded']],
  // Nobody removes it, so that the same check fails twice.
  ['a file is larger than a project may hold', 'a file of 11 MB', ['same_error']],
]

/** What goes wrong in the sandbox by the model's own doing, once in a run. */
export const tools: readonly Fault[] = toSay.map(([name, reply, ends]) => ({
  name,
  fate: (random) => {
    const at = random.below(3)
    return { reply: (replies) => (replies === at ? reply : undefined) }
  },
  ends,
}))
