export interface Undoable {
  text: string
  undo: () => void
}

/** What can be taken back while its word stands. */
class Undoables {
  #all = $state.raw<readonly Undoable[]>([])

  get last(): Undoable | undefined {
    return this.#all.at(-1)
  }

  add(undoable: Undoable): void {
    this.#all = [...this.#all, undoable]
  }

  /** Whether it was there still. */
  take(undoable: Undoable): boolean {
    const rest = this.#all.filter((each) => each !== undoable)
    const was = rest.length < this.#all.length
    this.#all = rest
    return was
  }
}

export const undoables = new Undoables()
