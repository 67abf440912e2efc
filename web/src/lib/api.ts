import type { ProblemBody, ProblemCode } from './contract.ts'
import { m } from './messages.ts'

type Code = ProblemCode | 'unreachable'

/** Why a request has no answer, as the API said it; `unreachable` when it could not be asked at all. */
export class Problem {
  readonly code: Code
  readonly title: string
  readonly detail: string
  /** Seconds after which it may be asked again, when the API named them. */
  readonly retryIn: number = 0

  constructor(code: Code, title: string, detail: string) {
    this.code = code
    this.title = title
    this.detail = detail
  }
}

type Token = () => Promise<string | Problem>
type Ask = RequestInit & { method: string }

/** A change as short as this arrives also when its page goes meanwhile. Browsers keep 64 KB of bodies for that, all in all. */
const mostKept = 4_000

/** The API as one asks it: every method gives the answer's value, or a `Problem`; none throws. */
export class Api {
  readonly #token: Token | null
  readonly #onRefused: (code: Code) => void

  /** Without `token`, requests go out unsigned; `onRefused` hears why one that was signed had no answer. */
  constructor(token: Token | null = null, onRefused: (code: Code) => void = () => {}) {
    this.#token = token
    this.#onRefused = onRefused
  }

  get<T>(path: string, signal?: AbortSignal): Promise<T | Problem> {
    return this.#ask<T>(path, { method: 'GET', ...(signal && { signal }) })
  }

  send<T>(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<T | Problem> {
    return this.#write<T>(path, { method, body, key: crypto.randomUUID() })
  }

  /** A request that may be sent again under its key: it is done once, and each time answered alike. */
  sendOnce<T>(path: string, body: unknown, key: string): Promise<T | Problem> {
    return this.#write<T>(path, { method: 'POST', body, key })
  }

  /** The bytes of a stored file; the API answers them itself or points to where they lie. */
  async bytes(path: string): Promise<ArrayBuffer | Problem> {
    const response = await this.#fetch(path, { method: 'GET' })
    return response instanceof Response ? response.arrayBuffer().catch(unreachable) : response
  }

  #write<T>(path: string, { method, body, key }: { method: string; body?: unknown; key: string }) {
    const headers = { 'content-type': 'application/json', 'idempotency-key': key }
    const text = body === undefined ? null : JSON.stringify(body)
    return this.#ask<T>(path, { method, headers, body: text, keepalive: (text?.length ?? 0) < mostKept })
  }

  async #ask<T>(path: string, ask: Ask): Promise<T | Problem> {
    const response = await this.#fetch(path, ask)
    if (response instanceof Problem) return response
    if (response.status === 204) return undefined as T
    return (await response.json().catch(() => unreachable())) as T | Problem
  }

  async #fetch(path: string, ask: Ask): Promise<Response | Problem> {
    const token = await this.#token?.()
    if (token instanceof Problem) return token
    const headers = { ...ask.headers, ...(token && { authorization: `Bearer ${token}` }) }
    const response = await attempt(path, { ...ask, headers }, ask.method === 'GET' ? 3 : 1)
    if (!response) return unreachable()
    if (response.ok) return response
    const problem = await readProblem(response)
    if (token) this.#onRefused(problem.code)
    return problem
  }
}

async function attempt(path: string, ask: Ask, times: number): Promise<Response | undefined> {
  const response = await fetch(path, ask).catch(() => undefined)
  const wait = waitAfter(response)
  if (wait === null || times === 1 || ask.signal?.aborted) return response
  await new Promise((resolve) => setTimeout(resolve, wait))
  return attempt(path, ask, times - 1)
}

/** Milliseconds after which it may well be answered; null when it was, or when it is better said how long it takes. */
function waitAfter(response: Response | undefined): number | null {
  if (response && ![429, 503].includes(response.status)) return null
  const seconds = Number(response?.headers.get('retry-after') ?? 0)
  return seconds > 3 ? null : seconds * 1000 + 300 + Math.random() * 700
}

async function readProblem(response: Response): Promise<Problem> {
  const body = (await response.json().catch(() => undefined)) as Partial<ProblemBody> | undefined
  if (!body?.code || !body.title) return unreachable()
  // In the reader's language; these words are fetched when the first problem comes. Without them the API's own stand.
  const words = await import('./problem-words.ts').catch(() => undefined)
  const title = words?.problemTitles[body.code as ProblemCode]?.() ?? body.title
  const seconds = Number(response.headers.get('retry-after'))
  const detail = ownDetail(body) || (seconds > 0 && words?.tryAgainIn(seconds)) || ''
  return Object.assign(new Problem(body.code as Code, title, detail), { retryIn: seconds })
}

/** Where nothing more is to be said, the API says the title again. */
function ownDetail({ title, detail = '', issues }: Partial<ProblemBody>): string {
  return issues?.[0]?.message ?? (detail === title ? '' : detail)
}

function unreachable(): Problem {
  return new Problem('unreachable', m.site_not_answering(), m.site_tries_again())
}
