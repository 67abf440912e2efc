import type { Transaction } from './sql.ts'

/** What was set for an organization `o` instead of its tier's limits, until its end; null for none. */
export const overridesOf = (transaction: Transaction) => transaction`
  case when o.limits_until is null or o.limits_until > now() then o.limits end`

/** The tier that an organization `o` has: what the operator granted it, until its end, or what it pays for; `free` for none. */
export const tierOf = (transaction: Transaction) => transaction`
  coalesce(case when o.limits_until is null or o.limits_until > now() then o.granted_tier end, o.tier, 'free')`

/** The columns of `Terms` of an organization `o`, or of none. */
export const termsColumns = (transaction: Transaction) => transaction`
  ${tierOf(transaction)} as tier, coalesce(o.seats, 1) as seats, ${overridesOf(transaction)} as overrides`
