import type { Offer } from '../contract/limits.ts'
import { tiers, type Tier } from '../contract/user.ts'
import type { SandboxSize } from '../contract/workshop.ts'

/** What a tier costs in millionths of a dollar a month (null is agreed upon), for each seat or not, and allows. */
export type TierTerms = Omit<Offer, 'tier'>

const size = (cpu: number, memoryGiB: number): SandboxSize => ({ cpu, memoryGiB })
const gigabytes = (count: number) => count * 2 ** 30
const dollars = (count: number) => count * 1_000_000

/** What each tier costs and allows; the one place where these numbers stand. */
export const tierTable = {
  free: {
    monthlyMicros: 0,
    perSeat: false,
    auditDays: 30,
    signIn: { secondFactor: 'none', company: false },
    limits: {
      sandboxesAtOnce: 1,
      sandboxSizes: [size(1, 1), size(1, 2)],
      idleMinutes: 15,
      sandboxHoursPerMonth: 10,
      generationsPerMonth: 50,
      runCapMicros: dollars(0.5),
      storageBytesPerProject: gigabytes(1),
      repositories: 5,
    },
  },
  pro: {
    monthlyMicros: dollars(19),
    perSeat: false,
    auditDays: 90,
    signIn: { secondFactor: 'none', company: false },
    limits: {
      sandboxesAtOnce: 3,
      sandboxSizes: [size(2, 2), size(2, 4), size(4, 8)],
      idleMinutes: 60,
      sandboxHoursPerMonth: 100,
      generationsPerMonth: 1_000,
      runCapMicros: dollars(2),
      storageBytesPerProject: gigabytes(10),
      repositories: 25,
    },
  },
  team: {
    monthlyMicros: dollars(49),
    perSeat: true,
    auditDays: 365,
    signIn: { secondFactor: 'offered', company: false },
    limits: {
      sandboxesAtOnce: 10,
      sandboxSizes: [size(2, 4), size(4, 8), size(8, 16)],
      idleMinutes: 120,
      sandboxHoursPerMonth: 500,
      generationsPerMonth: 5_000,
      runCapMicros: dollars(5),
      storageBytesPerProject: gigabytes(50),
      repositories: null,
    },
  },
  enterprise: {
    monthlyMicros: null,
    perSeat: true,
    auditDays: 2_555,
    signIn: { secondFactor: 'asked', company: true },
    limits: {
      sandboxesAtOnce: null,
      sandboxSizes: [size(4, 8), size(8, 16), size(16, 32)],
      idleMinutes: 240,
      sandboxHoursPerMonth: null,
      generationsPerMonth: null,
      runCapMicros: dollars(10),
      storageBytesPerProject: null,
      repositories: null,
    },
  },
} as const satisfies Record<Tier, TierTerms>

/** What requests beyond a month's allowance cost: bought ahead by the pack, or charged one by one after the month. */
export const moreRequests = {
  pack: { requests: 100, micros: dollars(10) },
  eachMicros: dollars(0.12),
} as const

/** Where each member takes a seat that must be paid for. */
export const seatedTiers: readonly Tier[] = tiers.filter((tier) => tierTable[tier].perSeat)

/** What a tier costs a month with so many seats; null is agreed upon. */
export function priceOfSeats(tier: Tier, seats: number): number | null {
  const { monthlyMicros, perSeat }: TierTerms = tierTable[tier]
  return monthlyMicros !== null && perSeat ? monthlyMicros * seats : monthlyMicros
}

/** The first day of the month that quotas of `now` are counted in, in UTC. */
export function quotaPeriod(now: Date): { from: Date; to: Date } {
  const from = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1))
  return { from, to: new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1)) }
}
