import type { Cost } from './contract.ts'
import { getLocale, m } from './messages.ts'

/** Dollars with as many decimals as say something: `$0.04`, `$0.0031`, `$12.50`. */
export function money(micros: number): string {
  return (micros > 0 && micros < 10_000 ? fractions : dollars).format(micros / 1_000_000)
}

const inDollars = (digits: number) =>
  new Intl.NumberFormat(getLocale(), {
    style: 'currency',
    currency: 'USD',
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    useGrouping: false,
  })
const dollars = inDollars(2)
const fractions = inDollars(4)
const whole = inDollars(0)

/** A price as it is offered: `$20`, `$9.50`. */
export function price(micros: number): string {
  return micros % 1_000_000 === 0 ? whole.format(micros / 1_000_000) : money(micros)
}

export function costSoFar(cost: Cost): string {
  return cost.simulated ? m.site_simulated({ money: money(cost.micros) }) : money(cost.micros)
}

/** A length of time in the fitting units: `12 ms`, `0.8 s`, `12 s`, `1 min 20 s`. */
export function duration(ms: number): string {
  if (ms < 95) return `${Math.max(0, Math.round(ms))} ms`
  const seconds = ms / 1000
  if (seconds < 9.95) return `${tenths.format(seconds)} s`
  if (seconds < 59.5) return `${Math.round(seconds)} s`
  const minutes = Math.floor(Math.round(seconds) / 60)
  return `${minutes} min ${Math.round(seconds) % 60} s`
}

const tenths = new Intl.NumberFormat(getLocale(), { minimumFractionDigits: 1, maximumFractionDigits: 1 })

export function fileSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  if (bytes < 1024 * 1024) return `${tenths.format(bytes / 1024)} KB`
  const megabytes = bytes / 1024 / 1024
  return megabytes < 1024 ? `${tenths.format(megabytes)} MB` : `${tenths.format(megabytes / 1024)} GB`
}

const units = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const
const relative = new Intl.RelativeTimeFormat(getLocale(), { numeric: 'auto' })
const exact = new Intl.DateTimeFormat(getLocale(), { dateStyle: 'medium', timeStyle: 'short' })

/** How long ago an instant was, in words; `now` in milliseconds since 1970. */
export function ago(instant: string, now: number): string {
  const seconds = (Date.parse(instant) - now) / 1000
  const unit = units.find(([, size]) => Math.abs(seconds) >= size)
  return unit ? relative.format(Math.round(seconds / unit[1]), unit[0]) : m.site_just_now()
}

export function exactTime(instant: string): string {
  return exact.format(new Date(instant))
}

const day = new Intl.DateTimeFormat(getLocale(), { dateStyle: 'medium' })

export function dayOf(instant: string): string {
  return day.format(new Date(instant))
}

const counts = new Intl.NumberFormat(getLocale())

export function count(number: number): string {
  return counts.format(number)
}
