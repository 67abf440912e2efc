import { askJson } from '../ask-json.ts'
import type { Secret } from '../config.ts'
import { Fault } from '../ports/fault.ts'

/** The version of the API whose shapes we read; the webhook endpoint is set to the same. */
const version = '2026-10-28.endive'

export type Ask = ReturnType<typeof asking>
export type Fields = string[][]

interface Asked {
  fields?: Fields
  key?: string
  /** Refusals that are answers. */
  also?: readonly number[]
}

/** One call of Stripe's API; what is refused, and is no answer, is thrown. */
export const asking =
  (url: string, secret: Secret) =>
  async (method: 'GET' | 'POST' | 'DELETE', path: string, { fields = [], key, also = [] }: Asked) => {
    const form = new URLSearchParams(fields).toString()
    const inPath = method !== 'POST'
    const fault = (retryable: boolean, cause: unknown) => new Fault('stripe', `${method} ${path}`, { retryable, cause })
    const answer = await askJson(`${url}${path}${inPath && form ? `?${form}` : ''}`, {
      method,
      headers: {
        authorization: `Bearer ${secret.reveal()}`,
        'stripe-version': version,
        ...(inPath ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
        ...(key ? { 'idempotency-key': key } : {}),
      },
      ...(inPath ? {} : { body: form }),
      deadlineMs: 6_000,
    }).catch((cause: unknown) => {
      throw fault(true, cause)
    })
    const { status } = answer
    // 409: the same key is under way at this moment.
    const passing = status === 409 || status === 429 || status >= 500
    if (status >= 300 && !also.includes(status)) throw fault(passing, new Error(`status ${status}`))
    return answer
  }

/** Asked for once while it succeeds. */
export function once<T>(work: () => Promise<T>): () => Promise<T> {
  let kept: Promise<T> | undefined
  return () => {
    kept ??= work().catch((error: unknown) => {
      kept = undefined
      throw error
    })
    return kept
  }
}
