/** Cuts `<mark>:<exit code>;` out of a stream, wherever chunks may end. Yields output as bytes and each exit code as a number. */
export class Sentinel {
  readonly #mark: Buffer
  #held = Buffer.alloc(0)

  constructor(mark: string) {
    this.#mark = Buffer.from(`${mark}:`)
  }

  *push(chunk: Buffer): Generator<Buffer | number> {
    let rest = Buffer.concat([this.#held, chunk])
    for (let at = rest.indexOf(this.#mark); at >= 0; at = rest.indexOf(this.#mark)) {
      const end = rest.indexOf(';', at + this.#mark.length)
      if (end < 0) break
      if (at > 0) yield rest.subarray(0, at)
      yield Number(rest.subarray(at + this.#mark.length, end).toString())
      rest = rest.subarray(end + 1)
    }
    const keep = this.#begun(rest)
    if (keep < rest.length) yield rest.subarray(0, rest.length - keep)
    this.#held = Buffer.from(rest.subarray(rest.length - keep))
  }

  /** How many bytes at the end may be the beginning of a mark. */
  #begun(rest: Buffer): number {
    const whole = rest.indexOf(this.#mark)
    if (whole >= 0) return rest.length - whole
    for (let length = Math.min(this.#mark.length - 1, rest.length); length > 0; length -= 1) {
      if (rest.subarray(rest.length - length).equals(this.#mark.subarray(0, length))) return length
    }
    return 0
  }
}
