import { randomUUID } from 'node:crypto'
import type { ProblemBody } from '../../lib/contract/problem-body.ts'

export interface Api {
  get<T>(path: string): Promise<T>
  post<T>(path: string, body: unknown): Promise<T>
}

/** The public API for a program on this machine; what the API refuses is thrown as its own sentence. */
export function openApi(url: string, token: () => Promise<string>): Api {
  async function call<T>(path: string, init: RequestInit): Promise<T> {
    const headers = { ...init.headers, authorization: `Bearer ${await token()}` }
    const response = await fetch(new URL(path, url), { ...init, headers, signal: AbortSignal.timeout(40_000) })
    const body = (await response.json()) as unknown
    if (response.ok) return body as T
    const { title, detail } = body as ProblemBody
    throw new Error(detail === title ? title : `${title} ${detail}`)
  }
  return {
    get: (path) => call(path, { method: 'GET' }),
    post: (path, body) =>
      call(path, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() },
      }),
  }
}
