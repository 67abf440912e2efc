import type { Cost, Quote } from '#lib/contract.ts'
import { money } from '#lib/format.ts'
import { m } from '#lib/messages.ts'

/** `at most $0.42, usually $0.08`; a limit of one's own, in micros, that is lower says so. */
export function priceWords({ atMostMicros, usuallyMicros, simulated }: Quote, limitMicros: number | null): string {
  const own = limitMicros !== null && limitMicros < atMostMicros
  const amount = money(own ? limitMicros : atMostMicros)
  const most = own ? m.ask_your_limit({ amount }) : m.ask_at_most({ amount })
  const less = usuallyMicros < (own ? limitMicros : atMostMicros)
  const usual = less ? m.ask_usually({ amount: money(usuallyMicros) }) : ''
  return `${most}${usual}${simulated ? m.ask_suffix_simulated() : ''}`
}

/** What a run that is under way costs at most. */
export function atMostWords({ atMostMicros, simulated }: Cost): string {
  const amount = money(atMostMicros)
  return simulated ? m.ask_at_most_simulated({ amount }) : m.ask_at_most({ amount })
}

/** How full the model's memory is, in whole percent of its window. */
export function percentUsed({ tokens, window }: { tokens: number; window: number }): number {
  return Math.min(100, Math.round((100 * tokens) / Math.max(1, window)))
}
