import { ratesPerMinute, type Rate } from '../domain/rates.ts'
import type { Counter } from '../ports/counter.ts'
import type { Log } from '../log.ts'

export interface Limiter {
  /** Resolves to 0 when allowed, else to the seconds to wait; `most` where the subject has a limit of its own. */
  take(rate: Rate, subject: string, most?: number): Promise<number>
}

/**
 * Counts in Redis, several at a time: a container takes a small lease of a subject's minute and gives it out itself, so
 * that most requests ask nobody. When Redis fails, what spends money or signs in is counted in Postgres; the rest is
 * limited by each container on its own. A failing Redis is left alone for 30 s.
 */
export function openLimiter(ports: { redis: Counter; fallback: Counter; now: () => number; log: Log }): Limiter {
  const leases = new Map<string, { left: number; until: number }>()
  let brokenUntil = 0

  async function count(rate: Rate, { key, want, limit }: Wanted): ReturnType<Counter['take']> {
    if (ports.now() >= brokenUntil) {
      try {
        return await ports.redis.take(key, want, limit)
      } catch (error) {
        brokenUntil = ports.now() + breakSeconds * 1_000
        ports.log('warning', 'Redis does not answer; limits fall back', { error })
      }
    }
    return exact.has(rate) ? ports.fallback.take(key, want, limit) : { granted: limit, retryAfterSeconds: 0 }
  }

  return {
    async take(rate, subject, limit = ratesPerMinute[rate]) {
      const key = `${rate}:${subject}`
      const lease = leases.get(key)
      if (lease && lease.until > ports.now() && lease.left > 0) {
        lease.left -= 1
        return 0
      }
      const want = exact.has(rate) ? 1 : Math.max(1, Math.min(20, Math.floor(limit / 15)))
      const { granted, retryAfterSeconds } = await count(rate, { key, want, limit })
      if (granted === 0) return Math.max(1, retryAfterSeconds)
      if (leases.size > mostLeases) leases.clear()
      leases.set(key, { left: granted - 1, until: ports.now() + leaseSeconds * 1_000 })
      return 0
    },
  }
}

interface Wanted {
  key: string
  want: number
  limit: number
}

/** Rates that are counted one by one, and never by a container alone. */
const exact = new Set<Rate>(['spend', 'sign-in'])

const breakSeconds = 30
const leaseSeconds = 10
const mostLeases = 5_000
