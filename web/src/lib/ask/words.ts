import type { Quote } from '#lib/contract.ts'
import { money } from '#lib/format.ts'

/** `at most $0.42, usually $0.08`; a limit of one's own, in micros, that is lower says so. */
export function priceWords({ atMostMicros, usuallyMicros, simulated }: Quote, limitMicros: number | null): string {
  const own = limitMicros !== null && limitMicros < atMostMicros
  const most = own ? `at most ${money(limitMicros)}, your limit` : `at most ${money(atMostMicros)}`
  const usual = usuallyMicros < (own ? limitMicros : atMostMicros) ? `, usually ${money(usuallyMicros)}` : ''
  return `${most}${usual}${simulated ? ' · simulated' : ''}`
}

/** How full the model's memory is, in whole percent of its window. */
export function percentUsed({ tokens, window }: { tokens: number; window: number }): number {
  return Math.min(100, Math.round((100 * tokens) / Math.max(1, window)))
}
