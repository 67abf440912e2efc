import { createHash } from 'node:crypto'
import type { Principal } from '../domain/access.ts'
import type { Stores } from '../store/stores.ts'
import type { Call } from './event.ts'
import { Problem } from './problem.ts'

export interface Attempted {
  userId: string
  key: string
  requestSha256: string
}

/** The idempotency key of an unsafe request of a person, bound to what was asked; undefined when there is none. */
export function attempted(call: Call, principal: Principal, asked: unknown): Attempted | undefined {
  const key = call.header('idempotency-key')
  if (!key || call.method === 'GET' || principal.kind !== 'user') return undefined
  if (!/^[\x21-\x7e]{1,255}$/.test(key)) {
    throw new Problem('invalid_request', { detail: 'An Idempotency-Key has 1 to 255 visible ASCII characters.' })
  }
  const text = JSON.stringify([call.method, call.path, asked])
  return { userId: principal.userId, key, requestSha256: createHash('sha256').update(text).digest('hex') }
}

/** The earlier answer to the same request; undefined when this is the first. A repeat under way waits for the first one's end. */
export async function earlierAnswer(
  attempt: Attempted,
  { idempotency }: Stores,
): Promise<{ status: number; body: unknown } | undefined> {
  const found = await idempotency.claim(attempt)
  if (found === 'new') return undefined
  if (found.requestSha256 !== attempt.requestSha256) throw new Problem('idempotency_mismatch')
  return { status: found.status, body: found.body }
}
