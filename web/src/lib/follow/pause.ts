/** A wait that can be cut short: `wake()` ends the one under way, or the next one. */
export class Pause {
  #woken = false
  #wake: (() => void) | null = null

  async wait(ms: number): Promise<void> {
    if (!this.#woken) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms)
        this.#wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
    this.#woken = false
    this.#wake = null
  }

  wake(): void {
    this.#woken = true
    this.#wake?.()
  }
}

/** Full jitter: anything between nothing and a bound that doubles with each failure, 0.5 s to 30 s. */
export function backoff(failures: number): number {
  return Math.random() * Math.min(30_000, 500 * 2 ** Math.min(failures, 10))
}
