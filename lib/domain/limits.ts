import type { Limits } from '../contract/limits.ts'
import type { Tier } from '../contract/user.ts'
import { tierTable, type TierTerms } from './tiers.ts'

/** What decides on the limits of an organization, as its row says it. */
export interface Terms {
  tier: Tier
  /** How many seats it pays for. */
  seats: number
  /** What the operator set for it instead of the tier's, while that holds. */
  overrides: Partial<Limits> | null
}

/** What an organization may use: its tier's limits, times its seats where the tier counts those, unless set otherwise. */
export function limitsOf({ tier, seats, overrides }: Terms): Limits {
  const { perSeat, limits }: TierTerms = tierTable[tier]
  const each = Object.fromEntries(
    countedBySeat.map((name) => [name, perSeat && limits[name] !== null ? limits[name] * seats : limits[name]]),
  ) as Pick<Limits, (typeof countedBySeat)[number]>
  return { ...limits, ...each, ...overrides }
}

const countedBySeat = ['sandboxesAtOnce', 'sandboxHoursPerMonth', 'generationsPerMonth'] as const
