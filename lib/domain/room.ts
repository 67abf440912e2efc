import type { Limit } from '../contract/engine.ts'

/** A cap as it bears on the next run: `why`, whether of one run or of the month, and what it leaves. */
export interface Room {
  why: 'run' | 'month'
  whose: Limit['whose']
  used: number
  most: number
  leaves: number
}

/** What each cap leaves for the next run, the lowest first. An own key is paid by nobody here, so no month caps it. */
export function roomOf(limits: readonly Limit[], ownKey: boolean): Room[] {
  return limits
    .flatMap(({ whose, runMicros, monthMicros, takenMicros: used }): Room[] => [
      ...(runMicros === null ? [] : [{ why: 'run' as const, whose, used: 0, most: runMicros, leaves: runMicros }]),
      ...(monthMicros === null || ownKey
        ? []
        : [{ why: 'month' as const, whose, used, most: monthMicros, leaves: monthMicros - used }]),
    ])
    .toSorted((a, b) => a.leaves - b.leaves)
}
