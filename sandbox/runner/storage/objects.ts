import { reach } from '../reach.ts'

const patience = 20_000

/** Reads an object by its presigned address; undefined when there is none. Errors do not name the address: it is a key. */
export async function getObject(url: string): Promise<Buffer | undefined> {
  const response = await insist(() => reach(url, { signal: AbortSignal.timeout(30_000) }))
  if (response.status === 404) return undefined
  if (!response.ok) throw new Error(`Storage answered a download with ${response.status}.`)
  return Buffer.from(await response.arrayBuffer())
}

/** Writes an object to its presigned address. */
export async function putObject(url: string, bytes: Buffer, headers: Record<string, string> = {}): Promise<void> {
  const body = new Uint8Array(bytes)
  const response = await insist(() => reach(url, { method: 'PUT', body, headers, signal: AbortSignal.timeout(30_000) }))
  await response.arrayBuffer()
  // Blobs are named by their content: one that is there already is the one we have.
  if (!response.ok && response.status !== 412) throw new Error(`Storage answered an upload with ${response.status}.`)
}

/** Runs `work` over all items, at most eight at once; answers what each came to, in their order. */
export async function eachOf<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results = new Array<R>(items.length)
  const rest = items.entries()
  const lane = async () => {
    for (const [at, item] of rest) results[at] = await work(item)
  }
  await Promise.all(Array.from({ length: 8 }, lane))
  return results
}

async function insist(send: () => Promise<Response>): Promise<Response> {
  const until = Date.now() + patience
  for (let wait = 100; ; wait = Math.min(wait * 2, 5_000)) {
    const response = await send().catch(() => undefined)
    if (response && response.status < 500 && response.status !== 429) return response
    if (Date.now() + wait > until) throw new Error('Storage cannot be reached.')
    await new Promise((resolve) => setTimeout(resolve, wait))
  }
}
