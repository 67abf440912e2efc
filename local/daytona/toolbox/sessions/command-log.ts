import { EventEmitter, once } from 'node:events'
import { closeSync, openSync, readFileSync, readSync, writeSync } from 'node:fs'

export type Stream = 'stdout' | 'stderr'

/** Three equal bytes say which stream the following bytes came from; clients look for exactly these. */
const MARKERS: Record<Stream, Buffer> = { stdout: Buffer.from([1, 1, 1]), stderr: Buffer.from([2, 2, 2]) }

const MAX_LOG = 64 * 1024 * 1024

/** What one command wrote, both streams in order of arrival, in a file; readers may follow while it grows. */
export class CommandLog {
  readonly #path: string
  readonly #fd: number
  readonly #changes = new EventEmitter()
  #size = 0
  #ended = false

  constructor(path: string) {
    this.#path = path
    this.#fd = openSync(path, 'ax+', 0o600)
    this.#changes.setMaxListeners(0)
  }

  /** Adds what a stream said; past 64 MiB nothing more is kept. */
  add(stream: Stream, chunk: Buffer): void {
    if (this.#ended || chunk.length === 0 || this.#size > MAX_LOG) return
    this.#size += writeSync(this.#fd, Buffer.concat([MARKERS[stream], chunk]))
    this.#changes.emit('change')
  }

  end(): void {
    if (this.#ended) return
    this.#ended = true
    closeSync(this.#fd)
    this.#changes.emit('change')
  }

  /** The whole log so far, raw and split by stream. */
  read(): { output: string; stdout: string; stderr: string } {
    const raw = readFileSync(this.#path)
    const streams = split(raw)
    return { output: raw.toString('utf8'), stdout: streams.stdout, stderr: streams.stderr }
  }

  /** The log from its start to its end, in pieces of at most `size` bytes, waiting for what is still to come. */
  async *follow(size: number, stop: AbortSignal): AsyncGenerator<Buffer> {
    const fd = openSync(this.#path, 'r')
    try {
      for (let offset = 0; !stop.aborted;) {
        const piece = Buffer.alloc(Math.min(size, this.#size - offset))
        if (piece.length > 0) {
          offset += readSync(fd, piece, 0, piece.length, offset)
          yield piece
        } else if (this.#ended) return
        else await once(this.#changes, 'change', { signal: stop }).catch(() => [])
      }
    } finally {
      closeSync(fd)
    }
  }
}

function split(raw: Buffer): Record<Stream, string> {
  const pieces: Record<Stream, Buffer[]> = { stdout: [], stderr: [] }
  let stream: Stream | undefined
  let start = 0
  for (let at = 0; at < raw.length; at += 1) {
    const next = markerAt(raw, at)
    if (!next) continue
    if (stream) pieces[stream].push(raw.subarray(start, at))
    stream = next
    at += 2
    start = at + 1
  }
  if (stream) pieces[stream].push(raw.subarray(start))
  return {
    stdout: Buffer.concat(pieces.stdout).toString('utf8'),
    stderr: Buffer.concat(pieces.stderr).toString('utf8'),
  }
}

function markerAt(raw: Buffer, at: number): Stream | undefined {
  const byte = raw[at]
  if ((byte !== 1 && byte !== 2) || raw[at + 1] !== byte || raw[at + 2] !== byte) return undefined
  return byte === 1 ? 'stdout' : 'stderr'
}
