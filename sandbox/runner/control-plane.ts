import * as z from 'zod/mini'
import { ProblemBody } from '../../lib/contract/problem-body.ts'
import { reach } from './reach.ts'

const usualPatience = 30_000
const answerWithin = 30_000

/** The control plane said no. */
export class Refused extends Error {
  readonly status: number
  readonly code: string

  constructor(status: number, code: string, doing: string) {
    super(`${doing}: ${status} ${code}`)
    this.status = status
    this.code = code
  }

  /** Whether asking again is of no use. */
  get isFinal() {
    return this.status < 500 && this.status !== 408 && this.status !== 429
  }
}

interface Options {
  api: string
  token: string
  /** Called when this run is not ours any more: it was cancelled, has ended, or another attempt goes on with it. */
  onOver: () => void
}

interface Call<T> {
  method?: 'GET' | 'POST'
  body?: unknown
  answer: z.ZodMiniType<T>
  /** The idempotency key of what must not happen twice. */
  key?: string
  /** How long to try again while nobody answers, in milliseconds. */
  patience?: number
}

/** Speaks to the API as this run. Rejects with `Refused`, also when it cannot be reached for long. */
export function openControlPlane({ api, token, onOver }: Options) {
  return { call, once }

  /** One request, whatever is answered. */
  async function once(method: string, path: string, { body, key, signal }: Once = {}): Promise<Response> {
    const response = await reach(new URL(path, api), {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(key === undefined ? {} : { 'idempotency-key': key }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: signal ?? AbortSignal.timeout(answerWithin),
    })
    if (response.status === 401 || (await problemOf(response)) === 'run_over') onOver()
    return response
  }

  async function call<T>(path: string, { method = 'POST', body, answer, key, patience = usualPatience }: Call<T>) {
    const until = Date.now() + patience
    for (let wait = 250; ; wait = Math.min(wait * 2, 8_000)) {
      const response = await once(method, path, { body, key }).catch(asUnreachable)
      if (response.ok) return answer.parse(await response.json())
      const code = (await problemOf(response)) ?? 'unknown'
      if (!mayRetry(response) || Date.now() + wait > until)
        throw new Refused(response.status, code, `${method} ${path}`)
      await new Promise((resolve) => setTimeout(resolve, wait))
    }
  }
}
export type ControlPlane = ReturnType<typeof openControlPlane>

interface Once {
  body?: unknown
  key?: string | undefined
  signal?: AbortSignal
}

const mayRetry = ({ status, headers }: Response) =>
  (status === 408 || status === 429 || status >= 500) && headers.get('x-should-retry') !== 'false'

const asUnreachable = () => new Response(JSON.stringify({ code: 'unreachable' }), { status: 503 })

/** The code of a refusal, or undefined when it has none; the body can still be read afterwards. */
export async function problemOf(response: Response): Promise<string | undefined> {
  if (response.ok) return undefined
  const body = z.pick(ProblemBody, { code: true }).safeParse(
    await response
      .clone()
      .json()
      .catch(() => undefined),
  )
  return body.data?.code
}
