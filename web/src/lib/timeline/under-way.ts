/** What was asked for and has not come yet: whoever asks meanwhile gets the same answer. */
export class UnderWay<K, T> {
  readonly #asked = new Map<K, Promise<T>>()

  once(key: K, ask: () => Promise<T>): Promise<T> {
    const known = this.#asked.get(key)
    if (known) return known
    const asked = ask().finally(() => this.#asked.delete(key))
    this.#asked.set(key, asked)
    return asked
  }
}
