import { beyondKey, lookupKeys, packKey } from '../../lib/contract/stripe.ts'
import { plans } from '../../lib/contract/billing.ts'
import { moreRequests, tierTable } from '../../lib/domain/tiers.ts'

/** What the plans are sold at, by lookup key, in cents a month: the prices of the tiers. */
export const soldAt: Readonly<Record<string, number>> = Object.fromEntries(
  plans.map((plan) => [lookupKeys[plan], tierTable[plan].monthlyMicros / 10_000]),
)

/** What is bought once. */
export const boughtAt: Readonly<Record<string, number>> = { [packKey]: moreRequests.pack.micros / 10_000 }

/** What is charged each. */
export const meteredAt: Readonly<Record<string, number>> = { [beyondKey]: moreRequests.eachMicros / 10_000 }
