import type { Transaction } from './sql.ts'

/** The columns of `Terms` of an organization `o`: what was set for it counts until its end. */
export const termsColumns = (transaction: Transaction) => transaction`
  coalesce(o.tier, 'free') as tier, coalesce(o.seats, 1) as seats,
  case when o.limits_until is null or o.limits_until > now() then o.limits end as overrides`
