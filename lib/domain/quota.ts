import type { FailureCode } from '../contract/generation.ts'
import type { Tier } from '../contract/user.ts'
import { quotaPeriod, tierLimits } from './tiers.ts'

/** What a generation sets aside before it starts: one of the month's generations, and the most it may cost. */
export interface Reservation {
  /** Null means no limit. */
  generationsPerMonth: number | null
  capMicros: number
  /** The first day of the month it is counted in, as `YYYY-MM-DD`. */
  period: string
}

export function reservationFor(tier: Tier, now: Date): Reservation {
  const { generationsPerMonth, runCapMicros } = tierLimits[tier]
  return {
    generationsPerMonth,
    capMicros: runCapMicros,
    period: quotaPeriod(now).from.toISOString().slice(0, 10),
  }
}

const ourFault: ReadonlySet<FailureCode> = new Set(['platform_fault', 'sandbox_lost'])

/** A run that failed because of the platform costs the person nothing. */
export const isFree = (failure: FailureCode | null): boolean => failure !== null && ourFault.has(failure)
