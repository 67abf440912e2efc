import type { Figures, SiteSettings } from '#lib/contract.ts'

/**
 * What the vendors ask, in dollars, as known on 2026-11-20: sandboxes by the hour of what is reserved; the rest is what
 * the installation costs a month before anybody comes (database, storage, the streaming service).
 */
export const vendorPrices = { vcpuHour: 0.0504, gibHour: 0.0162, baseMonth: 25 } as const
/** Where no sandbox tells its size. */
const usualSize = { vcpus: 2, memoryGiB: 4 } as const

const daysAMonth = 30
const hourSeconds = 3_600

/** What somebody supposes of a month; at first, what the figures say. */
export interface Supposed {
  baseMonth: number
  /** How many are awake at some time in a month, and for how long each. */
  sandboxes: number
  hoursPerSandbox: number
  vcpus: number
  memoryGiB: number
  modelMonth: number
  /** Organizations that pay for pro, seats of teams, and what is agreed upon beside. */
  pros: number
  teamSeats: number
  agreedMonth: number
}

/** What a month of each tier costs that has a price, in dollars. */
export interface Prices {
  pro: number
  team: number
}

export const pricesOf = ({ tiers }: Pick<SiteSettings, 'tiers'>): Prices => {
  const of = (name: keyof Prices) => (tiers.find(({ tier }) => tier === name)?.monthlyMicros ?? 0) / 1_000_000
  return { pro: of('pro'), team: of('team') }
}

/** For how many days figures speak. */
export const daysOf = ({ from, to }: Pick<Figures, 'from' | 'to'>): number =>
  Math.max(1, Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000))

/** The figures as a month: what was used in so many days goes on like that. */
export function supposedOf(figures: Figures): Supposed {
  const { tiers, sandboxes } = figures
  const aMonth = daysAMonth / daysOf(figures)
  const tier = (name: string) => tiers.find((one) => one.tier === name)
  return {
    baseMonth: vendorPrices.baseMonth,
    sandboxes: sandboxes.active,
    hoursPerSandbox:
      sandboxes.active > 0 ? tidy((sandboxes.seconds / hourSeconds / sandboxes.active) * Math.max(1, aMonth)) : 0,
    vcpus: tidy(sandboxes.vcpusEach ?? usualSize.vcpus),
    memoryGiB: tidy(sandboxes.memoryGiBEach ?? usualSize.memoryGiB),
    modelMonth: tidy((sum(tiers.map(({ costMicros }) => costMicros)) / 1_000_000) * aMonth),
    pros: tier('pro')?.organizations ?? 0,
    teamSeats: tier('team')?.seats ?? 0,
    agreedMonth: 0,
  }
}

export interface Economics {
  baseMonth: number
  sandboxHour: number
  sandboxMonth: number
  sandboxesMonth: number
  modelMonth: number
  costMonth: number
  revenueMonth: number
  marginMonth: number
  /** With how many sandboxes like these the base cost is earned; null when each costs as much as it earns. */
  breakEven: number | null
  /** How many more that pay for pro, each with a sandbox like these, it takes; null when one costs what it pays. */
  prosMissing: number | null
}

/** What it comes to. Of break-even: each active sandbox earns its share of the revenue and of the model's cost. */
export function economicsOf(supposed: Supposed, prices: Prices): Economics {
  const { baseMonth, hoursPerSandbox, sandboxes, modelMonth, pros, teamSeats, agreedMonth } = supposed
  const sandboxHour = sandboxHourOf(supposed)
  const sandboxMonth = sandboxHour * hoursPerSandbox
  const sandboxesMonth = sandboxMonth * sandboxes
  const costMonth = baseMonth + sandboxesMonth + modelMonth
  const revenueMonth = pros * prices.pro + teamSeats * prices.team + agreedMonth
  const marginMonth = revenueMonth - costMonth
  const each = sandboxes > 0 ? (revenueMonth - modelMonth) / sandboxes - sandboxMonth : 0
  const more = prices.pro - sandboxMonth - (sandboxes > 0 ? modelMonth / sandboxes : 0)
  return {
    ...{ baseMonth, sandboxHour, sandboxMonth, sandboxesMonth, modelMonth, costMonth, revenueMonth, marginMonth },
    breakEven: each > 0 ? Math.ceil(baseMonth / each) : null,
    prosMissing: marginMonth >= 0 ? 0 : more > 0 ? Math.ceil(-marginMonth / more) : null,
  }
}

/** An hour of a sandbox of this size. */
export const sandboxHourOf = ({ vcpus, memoryGiB }: Pick<Supposed, 'vcpus' | 'memoryGiB'>): number =>
  vcpus * vendorPrices.vcpuHour + memoryGiB * vendorPrices.gibHour

/** An hour of the sandboxes there are, on average. */
export const usualSandboxHour = ({ sandboxes: { vcpusEach, memoryGiBEach } }: Pick<Figures, 'sandboxes'>): number =>
  sandboxHourOf({ vcpus: vcpusEach ?? usualSize.vcpus, memoryGiB: memoryGiBEach ?? usualSize.memoryGiB })

const tidy = (amount: number) => Math.round(amount * 100) / 100
const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0)
