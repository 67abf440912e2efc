import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Secret } from '../config.ts'

/** A delivery older than this, or from further ahead, may be a recorded one. */
const toleranceSeconds = 300

/**
 * Whether a delivery was signed with one of these secrets, over exactly these bytes and a moment ago
 * (docs.stripe.com/webhooks#verify-manually). Several, so that a secret can be replaced while deliveries go on.
 */
export function isSigned(
  { header, bytes }: { header: string | undefined; bytes: Buffer },
  secrets: readonly Secret[],
  now: Date,
): boolean {
  const parts = (header ?? '').split(',').map((part) => part.trim().split('='))
  const valuesOf = (name: string) => parts.filter(([each]) => each === name).map(([, value = '']) => value)
  const [at = ''] = valuesOf('t')
  if (!/^\d{1,12}$/.test(at) || Math.abs(now.getTime() / 1000 - Number(at)) > toleranceSeconds) return false
  return secrets.some((secret) => {
    const wanted = createHmac('sha256', secret.reveal()).update(`${at}.`).update(bytes).digest()
    return valuesOf('v1').some((given) => isSame(wanted, Buffer.from(given, 'hex')))
  })
}

const isSame = (wanted: Buffer, given: Buffer) => wanted.length === given.length && timingSafeEqual(wanted, given)
