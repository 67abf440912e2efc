import type { Figures } from '#lib/contract.ts'
import { daysOf, usualSandboxHour } from './economics.ts'

const daysAMonth = 30

/** What a tier earned in the time of the figures, beyond what its models and sandboxes cost: each day is a thirtieth of its monthly price. */
export function marginOfTier(
  { monthlyMicros, costMicros, sandboxSeconds }: Figures['tiers'][number],
  figures: Figures,
): number {
  const sandboxMicros = (sandboxSeconds / 3_600) * usualSandboxHour(figures) * 1_000_000
  return Math.round((monthlyMicros ?? 0) * (daysOf(figures) / daysAMonth) - costMicros - sandboxMicros)
}

/** A day earns what its subscriptions of today are worth a day; what sandboxes cost is not told by day. */
export const marginOfDay = ({ costMicros }: Figures['days'][number], { tiers }: Figures): number =>
  Math.round(tiers.reduce((all, { monthlyMicros }) => all + (monthlyMicros ?? 0), 0) / daysAMonth) - costMicros

/** Of a model: what calls count for those who asked, beyond what they cost. Repairs and loops cost people nothing. */
export const marginOfModel = ({ chargedMicros, costMicros }: Figures['models'][number]): number =>
  chargedMicros - costMicros
