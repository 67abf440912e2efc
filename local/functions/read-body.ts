import type { IncomingMessage } from 'node:http'

/** How many times the limit is still read and thrown away: who is cut off while it sends may never see the answer. */
const patience = 64

/** Reads a request's body; undefined when it is larger than `maxBytes`. */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size <= maxBytes) chunks.push(chunk)
      else if (size > maxBytes * patience) resolve(undefined)
    })
    request.on('end', () => resolve(size > maxBytes ? undefined : Buffer.concat(chunks)))
    request.on('error', reject)
  })
}
