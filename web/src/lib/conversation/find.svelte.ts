import type { Problem } from '#lib/api.ts'
import type { History } from '#lib/follow/history.svelte.ts'
import { sayIfProblem } from '#lib/notify.ts'

const breath = 300

/** Looking for words in a conversation: which requests say them, in their words or in the answer, the newest first. */
export class Find {
  open = $state(false)
  q = $state('')
  /** Null until it is known. */
  found = $state.raw<readonly number[] | Problem | null>(null)
  /** Which of the found ones is shown. */
  at = $state(0)
  readonly shown = $derived(Array.isArray(this.found) ? ((this.found as number[])[this.at] ?? null) : null)
  readonly #history: History
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(history: History) {
    this.#history = history
  }

  /** Asks once the words rest. */
  type(q: string): void {
    this.q = q
    this.found = null
    clearTimeout(this.#timer)
    if (q.trim() !== '') this.#timer = setTimeout(() => void this.#look(q.trim()), breath)
  }

  /** To an older one by 1, to a newer one by −1; behind the last comes the first. */
  step(by: 1 | -1): void {
    if (!Array.isArray(this.found) || this.found.length === 0) return
    this.at = (this.at + by + this.found.length) % this.found.length
    this.#show()
  }

  close(): void {
    clearTimeout(this.#timer)
    this.open = false
    this.q = ''
    this.found = null
  }

  async #look(q: string): Promise<void> {
    const found = await this.#history.find(q)
    if (q !== this.q.trim()) return
    this.found = found
    this.at = 0
    this.#show()
  }

  #show(): void {
    if (this.shown !== null) void sayIfProblem(this.#history.show(this.shown, false))
  }
}
