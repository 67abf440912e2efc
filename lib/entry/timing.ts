/** How long the parts of a request took, for `Server-Timing` and the log. Milliseconds. */
export class Timing {
  /** Whether this is the first request of its instance. */
  readonly cold: boolean
  readonly #started = performance.now()
  readonly #parts = new Map<string, number>()

  constructor(cold: boolean) {
    this.cold = cold
  }

  async measure<T>(part: 'auth' | 'rate' | 'db', work: () => Promise<T>): Promise<T> {
    const from = performance.now()
    try {
      return await work()
    } finally {
      this.#parts.set(part, (this.#parts.get(part) ?? 0) + performance.now() - from)
    }
  }

  header(): string {
    const parts = [...this.#parts].map(([part, ms]) => `${part};dur=${ms.toFixed(1)}`)
    return [...parts, `total;dur=${this.#total()}`, ...(this.cold ? ['cold'] : [])].join(', ')
  }

  fields(): Record<string, unknown> {
    const parts = Object.fromEntries([...this.#parts].map(([part, ms]) => [`${part}Ms`, Number(ms.toFixed(1))]))
    return { ms: Number(this.#total()), ...parts, cold: this.cold }
  }

  #total(): string {
    return (performance.now() - this.#started).toFixed(1)
  }
}
