import type { IncomingMessage } from 'node:http'
import { timingSafeEqual } from 'node:crypto'
import { parseForm } from './form.ts'
import type { OpenBooks } from './books.ts'
import { Refused } from './refused.ts'
import { routes } from './routes.ts'

export interface ApiAnswer {
  status: number
  body: Record<string, unknown>
  replayed?: boolean
}

interface Call {
  request: IncomingMessage
  url: URL
  text: string
}

/** One call of the API. What was changed under an idempotency key is answered the same when it is asked for again. */
export function answerApi(open: OpenBooks, { request, url, text }: Call, apiKey: string): ApiAnswer {
  if (!isKey(request, apiKey)) throw new Refused(401, 'invalid_request_error', 'Invalid API Key provided.')
  const method = request.method ?? 'GET'
  const found = find(method, url.pathname)
  if (!found) throw new Refused(404, 'invalid_request_error', `Unrecognized request URL (${method}: ${url.pathname}).`)
  const form = parseForm(method === 'GET' || text === '' ? url.search.slice(1) : text)
  const work = () => found.route({ open, id: found.id, form })
  const key = request.headers['idempotency-key']
  if (method === 'GET' || typeof key !== 'string') return { status: 200, body: work() }
  return once(open, { key, asked: `${method} ${url.pathname} ${text}` }, work)
}

function once(
  { books }: OpenBooks,
  { key, asked }: { key: string; asked: string },
  work: () => Record<string, unknown>,
): ApiAnswer {
  const earlier = books.answers[key]
  if (earlier && earlier.asked !== asked) {
    throw new Refused(400, 'idempotency_error', 'This idempotency key was used with other parameters.')
  }
  if (earlier) return { status: earlier.status, body: earlier.body, replayed: true }
  const answer = attempt(work)
  // What was not even well formed may be tried again with the same key.
  if (answer.status !== 400) books.answers[key] = { asked, ...answer }
  return answer
}

function attempt(work: () => Record<string, unknown>): ApiAnswer {
  try {
    return { status: 200, body: work() }
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return { status: error.status, body: error.body }
  }
}

function find(method: string, path: string) {
  const given = path.split('/')
  for (const [name, route] of Object.entries(routes)) {
    const [its, pattern = ''] = name.split(' ')
    const parts = pattern.split('/')
    const fits =
      its === method && parts.length === given.length && parts.every((part, at) => part === ':id' || part === given[at])
    if (fits) return { route, id: given[parts.indexOf(':id')] ?? '' }
  }
  return undefined
}

function isKey({ headers }: IncomingMessage, key: string): boolean {
  const given = Buffer.from(headers.authorization?.replace(/^Bearer /i, '') ?? '')
  const wanted = Buffer.from(key)
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}
