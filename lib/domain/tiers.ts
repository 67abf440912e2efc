import type { SandboxSize } from '../contract/workshop.ts'
import type { Tier } from '../contract/user.ts'

export interface TierLimits {
  monthlyMicros: number
  /** Null means no limit. */
  generationsPerMonth: number | null
  /** The most one run may cost, in millionths of a dollar. */
  runCapMicros: number
  /** `sizes`: the first is the usual one, the last the largest. An idle one stops after so many minutes at the latest. */
  sandbox: { idleMinutes: number; sizes: readonly SandboxSize[] }
}

const size = (cpu: number, memoryGiB: number): SandboxSize => ({ cpu, memoryGiB })

/** What each tier allows; the one place where these numbers stand. */
export const tierLimits = {
  free: {
    monthlyMicros: 0,
    generationsPerMonth: 50,
    runCapMicros: 500_000,
    sandbox: { idleMinutes: 15, sizes: [size(1, 1), size(1, 2)] },
  },
  pro: {
    monthlyMicros: 19_000_000,
    generationsPerMonth: 1_000,
    runCapMicros: 2_000_000,
    sandbox: { idleMinutes: 60, sizes: [size(2, 2), size(2, 4), size(4, 8)] },
  },
  team: {
    monthlyMicros: 49_000_000,
    generationsPerMonth: 5_000,
    runCapMicros: 5_000_000,
    sandbox: { idleMinutes: 120, sizes: [size(2, 4), size(4, 8), size(8, 16)] },
  },
  enterprise: {
    monthlyMicros: 0,
    generationsPerMonth: null,
    runCapMicros: 10_000_000,
    sandbox: { idleMinutes: 240, sizes: [size(4, 8), size(8, 16), size(16, 32)] },
  },
} as const satisfies Record<Tier, TierLimits>

/** The first day of the month that quotas of `now` are counted in, in UTC. */
export function quotaPeriod(now: Date): { from: Date; to: Date } {
  const from = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1))
  return { from, to: new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1)) }
}

/**
 * Requests a minute: for one person by what they do, for one network address before anybody is known, and for who opens
 * shared apps: one link, whoever has it, and one address, whatever links it tries.
 */
export const ratesPerMinute = {
  read: 600,
  write: 120,
  spend: 20,
  address: 1_200,
  'sign-in': 30,
  link: 300,
  'link-address': 120,
} as const
export type Rate = keyof typeof ratesPerMinute
