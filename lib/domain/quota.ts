import type { FailureCode } from '../contract/generation.ts'
import type { Limits } from '../contract/limits.ts'
import { quotaPeriod } from './tiers.ts'

/** What a generation sets aside before it starts: one of the month's generations, and the most it may cost. */
export interface Reservation {
  /** Null means no limit. */
  generationsPerMonth: number | null
  /** What is set aside, unless caps leave less; with less than `leastMicros` nothing begins. */
  capMicros: number
  leastMicros: number
  /** The first day of the month it is counted in, as `YYYY-MM-DD`. */
  period: string
}

/** By default as much as the limits allow for one run. */
export function reservationFor(
  { generationsPerMonth, runCapMicros }: Pick<Limits, 'generationsPerMonth' | 'runCapMicros'>,
  now: Date,
  quoted?: { capMicros: number; leastMicros: number },
): Reservation {
  return {
    generationsPerMonth,
    capMicros: Math.min(runCapMicros, quoted?.capMicros ?? runCapMicros),
    leastMicros: quoted?.leastMicros ?? 1,
    period: periodOf(now),
  }
}

/** What was bought ahead is counted in no month: it is kept until it is used. */
export const creditsPeriod = '2000-01-01'

/** The month that is counted in, by its first day. */
export const periodOf = (now: Date) => quotaPeriod(now).from.toISOString().slice(0, 10)

const ourFault: ReadonlySet<FailureCode> = new Set(['platform_fault', 'sandbox_lost', 'model_unavailable'])

/** A run that failed because of the platform, or because no model answered, costs the person nothing. */
export const isFree = (failure: FailureCode | null): boolean => failure !== null && ourFault.has(failure)

/** What its repairs cost is returned when they led nowhere. */
export const returnsRepairs = (failure: FailureCode | null): boolean => failure === 'same_error'
