import type { Grant } from '#lib/contract.ts'
import { m } from '#lib/messages.ts'

/** Limits that are one number, in the unit somebody types; `whole` ones have no end when nothing limits them. */
export const limitFields = [
  { name: 'generationsPerMonth', label: m.operator_limit_requests, unit: 1, endless: true },
  { name: 'runCapMicros', label: m.operator_limit_run, unit: 1_000_000, endless: false },
  { name: 'sandboxesAtOnce', label: m.operator_limit_sandboxes, unit: 1, endless: true },
  { name: 'sandboxHoursPerMonth', label: m.operator_limit_hours, unit: 1, endless: true },
  { name: 'idleMinutes', label: m.operator_limit_idle, unit: 1, endless: false },
  { name: 'storageBytesPerProject', label: m.operator_limit_storage, unit: 2 ** 30, endless: true },
  { name: 'repositories', label: m.operator_limit_repositories, unit: 1, endless: true },
] as const

type Limits = Grant['limits']
export type LimitName = (typeof limitFields)[number]['name']
export type Typed = Record<LimitName, string>

/** What the fields show of the limits that were set; an empty field leaves one to the tier. */
export const typedOf = (limits: Limits): Typed =>
  Object.fromEntries(limitFields.map(({ name, unit }) => [name, textOf(limits[name], unit)])) as Typed

export const textOf = (limit: number | null | undefined, unit: number): string => {
  if (limit === undefined) return ''
  return limit === null ? m.operator_unlimited() : String(limit / unit)
}

/** The limits that were typed, beside those no field shows; null when one is not to be understood. */
export function limitsOf(typed: Typed, before: Limits): Limits | null {
  const limits: Limits = before.sandboxSizes ? { sandboxSizes: before.sandboxSizes } : {}
  for (const { name, unit, endless } of limitFields) {
    const text = typed[name].trim()
    if (text === '') continue
    const limit = endless && text.toLowerCase() === m.operator_unlimited().toLowerCase() ? null : numberOf(text, unit)
    if (limit === undefined) return null
    // What may be null was decided by `endless`.
    Object.assign(limits, { [name]: limit })
  }
  return limits
}

function numberOf(text: string, unit: number): number | undefined {
  const amount = Number(text.replace(',', '.'))
  return Number.isFinite(amount) && amount >= 0 ? Math.round(amount * unit) : undefined
}
