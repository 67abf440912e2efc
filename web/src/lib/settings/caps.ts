import type { Caps } from '#lib/contract.ts'
import { getLocale } from '#lib/messages.ts'

/** Dollars as a field shows them; nothing for no cap. */
export const dollarsOf = (micros: number | null) => (micros === null ? '' : String(micros / 1_000_000))

const price = new Intl.NumberFormat(getLocale(), {
  style: 'currency',
  currency: 'USD',
  currencyDisplay: 'narrowSymbol',
  minimumFractionDigits: 0,
})

/** Dollars for a million tokens, with as many decimals as it has. */
export const priceOf = (dollars: number) => price.format(dollars)

/** What was typed into the two fields as caps; null when one of them is no amount. */
export function capsOf(run: string, month: string): Caps | null {
  const [runMicros, monthMicros] = [run, month].map(microsOf)
  if (runMicros === undefined || monthMicros === undefined) return null
  return { runMicros, monthMicros }
}

function microsOf(dollars: string): number | null | undefined {
  const text = dollars.trim().replace(/^\$/, '').replace(',', '.')
  if (text === '') return null
  const amount = Number(text)
  return Number.isFinite(amount) && amount >= 0 ? Math.round(amount * 1_000_000) : undefined
}
