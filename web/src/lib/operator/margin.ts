import type { Figures } from '#lib/contract.ts'

const monthMs = 30 * 86_400_000

/** What a tier earned in the time of the figures, beyond what its models cost: each day is a thirtieth of its monthly price. */
export function marginOf(
  { monthlyMicros, costMicros }: Pick<Figures['tiers'][number], 'monthlyMicros' | 'costMicros'>,
  { from, to }: Pick<Figures, 'from' | 'to'>,
): number {
  return Math.round((monthlyMicros ?? 0) * ((Date.parse(to) - Date.parse(from)) / monthMs)) - costMicros
}
