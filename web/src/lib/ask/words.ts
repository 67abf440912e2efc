import type { Cost, Quote } from '#lib/contract.ts'
import { money } from '#lib/format.ts'
import { m } from '#lib/messages.ts'

/** `at most $0.42, usually $0.08`; a limit that is lower than the price says whose it is, one of one's own in micros too. */
export function priceWords(quote: Quote, limitMicros: number | null): string {
  const { atMostMicros, usuallyMicros, simulated, cap } = quote
  const own = limitMicros !== null && limitMicros < atMostMicros
  const amount = money(own ? limitMicros : atMostMicros)
  const most = own ? m.ask_your_limit({ amount }) : cap ? capWords(cap, amount) : m.ask_at_most({ amount })
  const less = usuallyMicros < (own ? limitMicros : atMostMicros)
  const usual = less ? m.ask_usually({ amount: money(usuallyMicros) }) : ''
  return `${most}${usual}${simulated ? m.ask_suffix_simulated() : ''}`
}

/** The same in whole sentences. */
export function meansWords({ atMostMicros, usuallyMicros }: Quote, limitMicros: number | null): string {
  const most = Math.min(atMostMicros, limitMicros ?? Infinity)
  return m.ask_price_means({ most: money(most), usual: money(Math.min(usuallyMicros, most)) })
}

function capWords({ why, whose }: NonNullable<Quote['cap']>, amount: string): string {
  return why === 'run' ? m.ask_cap_run({ amount, whose }) : m.ask_cap_month({ amount, whose })
}

/** Why nothing can start: a limit in the reader's language, anything else as the API says it. */
export function objectionWords({ objection, cap }: Quote): string | null {
  if (!objection || !cap) return objection
  const { whose, mostMicros, leavesMicros } = cap
  const most = money(mostMicros)
  if (cap.why === 'run') return m.ask_too_little_run({ whose, most })
  return m.ask_too_little_month({ whose, most, left: money(leavesMicros) })
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
