import type { Command } from './commands.svelte.ts'
import { joinStrokes, startsWith } from './keys.ts'

const patience = 1_500

/** Finds the command that is meant by presses, one after another; those of a row must follow each other soon. */
export class Shortcuts {
  #row: string[] = []
  #until = 0

  /** `waiting` when the press begins a row that some command knows. */
  press(stroke: string, commands: readonly Command[], now = Date.now()): Command | 'waiting' | undefined {
    const begun = now < this.#until ? this.#row : []
    this.#row = []
    for (const row of begun.length > 0 ? [[...begun, stroke], [stroke]] : [[stroke]]) {
      const meant = commands.findLast(({ keys }) => keys === joinStrokes(row))
      if (meant) return meant
      if (commands.some(({ keys }) => keys && startsWith(keys, row))) return this.#await(row, now)
    }
    return undefined
  }

  #await(row: string[], now: number): 'waiting' {
    this.#row = row
    this.#until = now + patience
    return 'waiting'
  }
}
