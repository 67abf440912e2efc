/** What a frame carries: a channel is opened, says something, or is closed. */
export const frameKinds = { open: 0, text: 1, bytes: 2, close: 3 } as const
export type FrameKind = keyof typeof frameKinds

export interface Frame {
  channel: number
  kind: FrameKind
  body: Buffer
}

const headBytes = 9
const mostBytes = 1024 * 1024
const names = Object.keys(frameKinds) as FrameKind[]

/** Several conversations over one pipe: length, channel, kind, body. */
export function frame(channel: number, kind: FrameKind, body: Buffer | string | object): Buffer {
  const bytes = Buffer.isBuffer(body) ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body))
  const head = Buffer.allocUnsafe(headBytes)
  head.writeUInt32BE(bytes.length, 0)
  head.writeUInt32BE(channel, 4)
  head.writeUInt8(frameKinds[kind], 8)
  return Buffer.concat([head, bytes])
}

/** Calls `each` with every whole frame of a stream; `broken` once when what arrives is none. */
export function eachFrame(stream: NodeJS.ReadableStream, each: (frame: Frame) => void, broken: () => void) {
  let rest: Buffer = Buffer.alloc(0)
  let ended = false
  stream.on('data', (chunk: Buffer) => {
    if (ended) return
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    let at = 0
    while (rest.length - at >= headBytes) {
      const length = rest.readUInt32BE(at)
      const kind = names[rest.readUInt8(at + 8)]
      if (length > mostBytes || kind === undefined) {
        ended = true
        return broken()
      }
      if (rest.length - at < headBytes + length) break
      const body = rest.subarray(at + headBytes, at + headBytes + length)
      each({ channel: rest.readUInt32BE(at + 4), kind, body })
      at += headBytes + length
    }
    rest = rest.subarray(at)
  })
}
