import { lookupKeys } from '../../lib/contract/stripe.ts'
import { plans } from '../../lib/contract/billing.ts'
import { tierTable } from '../../lib/domain/tiers.ts'

/** What the plans are sold at, by lookup key, in cents a month: the prices of the tiers. */
export const soldAt: Readonly<Record<string, number>> = Object.fromEntries(
  plans.map((plan) => [lookupKeys[plan], tierTable[plan].monthlyMicros / 10_000]),
)
