import type { ProjectUsage } from '../contract/workshop.ts'
import { isScripted } from './prices.ts'

interface Used {
  runs: number
  micros: number
  input: number
  output: number
  cached: number
}

/** What was used, from rows of one day and one model each: by day, by model, and in all. */
export function usageOf(
  rows: readonly (Used & { day: string; model: string })[],
  { from, to, storage }: { from: Date; to: Date; storage: ProjectUsage['storage'] },
): ProjectUsage {
  const simulated = rows.filter(({ model }) => isScripted(model))
  return {
    from: from.toISOString(),
    to: to.toISOString(),
    currency: 'USD',
    days: [...Map.groupBy(rows, ({ day }) => day)].map(([day, used]) => ({ day, ...sum(used) })),
    models: [...Map.groupBy(rows, ({ model }) => model)]
      .map(([model, used]) => ({ model, simulated: isScripted(model), ...sum(used) }))
      .toSorted((a, b) => b.micros - a.micros),
    total: { ...sum(rows), simulatedMicros: sum(simulated).micros },
    storage,
  }
}

function sum(rows: readonly Used[]) {
  const of = (name: keyof Used) => rows.reduce((total, row) => total + row[name], 0)
  return {
    runs: of('runs'),
    micros: of('micros'),
    tokens: { input: of('input'), output: of('output'), cached: of('cached') },
  }
}
