import { untrack } from 'svelte'

export const groups = ['go', 'do', 'show'] as const

/** Something a person can do from the keyboard: found by its title in the palette, or done at once by its keys. */
export interface Command {
  id: string
  title: () => string
  group: (typeof groups)[number]
  /** As `mod+k` or `g then p`; `mod` is Command on a Mac and Control elsewhere. */
  keys?: string
  /** Whether the keys mean something else to whoever writes in a field. */
  notInFields?: boolean
  /** Left out where it cannot be done now. */
  when?: () => boolean
  run: () => void
}

/** What can be done on the page that is open; each part of it adds its own for as long as it is there. */
export class Commands {
  /** Which of the two lists of commands is open. */
  list = $state.raw<'palette' | 'keys' | null>(null)
  #sets = $state.raw<readonly (readonly Command[])[]>([])
  /** Those of the open page before those of the whole site. */
  readonly all = $derived.by(() =>
    this.#sets
      .toReversed()
      .flat()
      .filter(({ when }) => when?.() ?? true),
  )

  /** Those that a press of keys may mean, be it in a field that somebody writes in. */
  fromKeys(writing: boolean): readonly Command[] {
    return writing ? this.all.filter(({ notInFields }) => !notInFields) : this.all
  }

  /** A list says a moment later that it was closed, when another one may be open already. */
  closed(list: 'palette' | 'keys'): void {
    if (this.list === list) this.list = null
  }

  /** Adds commands until the returned function is called, so that an effect can give it back. */
  add(commands: readonly Command[]): () => void {
    this.#sets = [...untrack(() => this.#sets), commands]
    return () => (this.#sets = untrack(() => this.#sets).filter((each) => each !== commands))
  }
}
