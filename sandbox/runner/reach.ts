import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { LetterReply, type Letter } from '../../lib/contract/mail.ts'
import { openLetters, type Letters } from '../letters.ts'

const lookEvery = 20
let way: typeof fetch = fetch

/** How this program reaches the API and storage: by the network, unless it was told to do so by mail. */
export const reach: typeof fetch = (input, init) => way(input, init)

/**
 * From now on everything goes by letters, which the control plane comes to fetch. Only for the one runner of a sandbox:
 * those of the runner before it are thrown away.
 */
export function reachByMail(folder: string): void {
  const letters = openLetters(folder)
  letters.clear()
  way = byMail(letters)
}

function byMail(letters: Letters): typeof fetch {
  /** Letters that nobody waits for any more, whose replies may still come. */
  const left = new Set<string>()
  return async (input, init) => {
    for (const id of left) if (letters.take('in', id) !== undefined) left.delete(id)
    const request = new Request(input, init)
    const id = randomUUID()
    letters.put('out', id, await letterOf(id, request))
    for (;;) {
      if (request.signal.aborted) {
        // Fetched already, it cannot be taken back.
        if (letters.take('out', id) === undefined) left.add(id)
        throw request.signal.reason
      }
      const taken = letters.take('in', id)
      if (taken !== undefined) return responseOf(LetterReply.parse(taken))
      await pause(lookEvery)
    }
  }
}

async function letterOf(id: string, request: Request): Promise<Letter> {
  const bytes = Buffer.from(await request.arrayBuffer())
  return {
    id,
    method: request.method,
    url: request.url,
    headers: Object.fromEntries(request.headers),
    body: bytes.length > 0 ? bytes.toString('base64') : null,
  }
}

function responseOf({ status, headers, body }: LetterReply): Response {
  if (status === 0) throw new TypeError('Nobody answered.')
  const bodiless = status === 204 || status === 304
  return new Response(bodiless ? null : new Uint8Array(Buffer.from(body, 'base64')), { status, headers })
}
