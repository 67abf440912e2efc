import type { Figures } from '#lib/contract.ts'

/**
 * What the vendors ask, in dollars, as known on 2026-11-20: sandboxes by the hour of what is reserved; the rest is what
 * the installation costs a month before anybody comes (database, storage, the streaming service).
 */
export const vendorPrices = { vcpuHour: 0.0504, gibHour: 0.0162, baseMonth: 25 } as const

/** What somebody supposes; at first, what the figures say. */
export interface Supposed {
  baseMonth: number
  /** Of an active sandbox, a month. */
  hoursPerSandbox: number
  sandboxes: number
  vcpus: number
  memoryGiB: number
  modelMonth: number
  revenueMonth: number
}

const daysAMonth = 30

/** The figures as a month: what was spent in so many days goes on like that. */
export function supposedOf({ from, to, tiers, sandboxes }: Figures): Supposed {
  const days = Math.max(1, Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000))
  const spent = sum(tiers.map(({ costMicros }) => costMicros)) / 1_000_000
  const { started, vcpus, memoryGiB } = sandboxes
  return {
    baseMonth: vendorPrices.baseMonth,
    hoursPerSandbox: 40,
    sandboxes: started,
    vcpus: started > 0 ? vcpus / started : 2,
    memoryGiB: started > 0 ? memoryGiB / started : 4,
    modelMonth: (spent / days) * daysAMonth,
    revenueMonth: sum(tiers.map(({ monthlyMicros }) => monthlyMicros ?? 0)) / 1_000_000,
  }
}

export interface Economics {
  sandboxHour: number
  sandboxMonth: number
  sandboxesMonth: number
  costMonth: number
  marginMonth: number
  /** With how many sandboxes like these the base cost is earned; null when each costs as much as it earns. */
  breakEven: number | null
}

/** What it comes to. Of break-even: each active sandbox earns its share of the revenue and of the model's cost. */
export function economicsOf(supposed: Supposed): Economics {
  const { baseMonth, hoursPerSandbox, sandboxes, vcpus, memoryGiB, modelMonth, revenueMonth } = supposed
  const sandboxHour = vcpus * vendorPrices.vcpuHour + memoryGiB * vendorPrices.gibHour
  const sandboxMonth = sandboxHour * hoursPerSandbox
  const sandboxesMonth = sandboxMonth * sandboxes
  const costMonth = baseMonth + sandboxesMonth + modelMonth
  const each = sandboxes > 0 ? (revenueMonth - modelMonth) / sandboxes - sandboxMonth : 0
  return {
    sandboxHour,
    sandboxMonth,
    sandboxesMonth,
    costMonth,
    marginMonth: revenueMonth - costMonth,
    breakEven: each > 0 ? Math.ceil(baseMonth / each) : null,
  }
}

const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0)
