import { Failure } from './failure.ts'

export type Trailers = Map<string, string>

/**
 * Takes the framing of `aws-chunked` off a body (size line, bytes, … , trailers), which the vendor's SDK uses for
 * streams. The signature of each single chunk is not checked; the signature of the request is.
 */
export async function* unframe(source: AsyncIterable<Buffer>, trailers: Trailers): AsyncGenerator<Buffer> {
  const reader = readerOf(source)
  for (;;) {
    const size = parseInt(await reader.line(), 16)
    if (Number.isNaN(size)) throw new Failure('IncompleteBody')
    if (size === 0) break
    yield* reader.bytes(size)
    await reader.line()
  }
  for (let line = await reader.line(); line !== ''; line = await reader.line()) {
    const colon = line.indexOf(':')
    trailers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim())
  }
}

const readerOf = (source: AsyncIterable<Buffer>) => {
  const parts = source[Symbol.asyncIterator]()
  let held: Buffer = Buffer.alloc(0)
  const more = async (): Promise<boolean> => {
    const next = await parts.next()
    if (next.done) return false
    held = held.length ? Buffer.concat([held, next.value]) : next.value
    return true
  }
  const line = async (): Promise<string> => {
    while (!held.includes('\r\n')) if (held.length > 8192 || !(await more())) return take(held.length).toString()
    const text = take(held.indexOf('\r\n')).toString()
    take(2)
    return text
  }
  const take = (count: number): Buffer => {
    const taken = held.subarray(0, count)
    held = held.subarray(count)
    return taken
  }
  async function* bytes(count: number): AsyncGenerator<Buffer> {
    let left = count
    while (left > 0) {
      if (held.length === 0 && !(await more())) throw new Failure('IncompleteBody')
      const part = take(left)
      left -= part.length
      yield part
    }
  }
  return { line, bytes }
}
