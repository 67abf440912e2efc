import { randomBytes } from 'node:crypto'
import type { WebAnswer, WebEvent } from '../../lib/entry/event.ts'

export interface Answer {
  status: number
  headers: Record<string, string>
  // What an answer holds is what the test asserts.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  body: any
}

export interface Asking {
  method: string
  path: string
  token?: string | undefined
  body?: unknown
  /** Sent as it is, instead of `body` as JSON. */
  raw?: string
  headers?: Record<string, string>
}

export type Mains = Readonly<Record<string, (event: WebEvent) => Promise<WebAnswer>>>

/** One call as the platform makes it: the function by the first segment, the body in base64, from an address of its own. */
export async function ask(mains: Mains, { method, path, token, body, raw, headers = {} }: Asking): Promise<Answer> {
  const [route = '', queryString = ''] = path.replace(/^\/api\/v1/, '').split('?')
  const [, name = '', rest = ''] = /^\/([^/]+)(.*)$/.exec(route) ?? []
  const main = mains[name]
  if (!main) throw new Error(`There is no function v1/${name}.`)
  const text = raw ?? (body === undefined ? undefined : JSON.stringify(body))
  const answer = await main({
    http: {
      method,
      path: rest,
      queryString,
      headers: {
        host: 'localhost',
        'x-forwarded-for': randomBytes(4).join('.'),
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(text === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(text === undefined ? {} : { body: Buffer.from(text).toString('base64'), isBase64Encoded: true }),
    },
  })
  return { status: answer.statusCode, headers: answer.headers, body: answer.body ?? null }
}

type Rest = Pick<Asking, 'headers' | 'raw'>

export interface Caller {
  token: string | undefined
  get(path: string, rest?: Rest): Promise<Answer>
  post(path: string, body?: unknown, rest?: Rest): Promise<Answer>
  put(path: string, body?: unknown, rest?: Rest): Promise<Answer>
  delete(path: string, rest?: Rest): Promise<Answer>
}

export function callerOf(mains: Mains, token: string | undefined): Caller {
  return {
    token,
    get: (path, rest) => ask(mains, { method: 'GET', path, token, ...rest }),
    post: (path, body, rest) => ask(mains, { method: 'POST', path, token, body, ...rest }),
    put: (path, body, rest) => ask(mains, { method: 'PUT', path, token, body, ...rest }),
    delete: (path, rest) => ask(mains, { method: 'DELETE', path, token, ...rest }),
  }
}
