import { count, money } from '#lib/format.ts'
import { m } from '#lib/messages.ts'

export interface Used {
  runs: number
  micros: number
  simulatedMicros: number
  sandboxSeconds: number
}

const hourSeconds = 3_600
const tenths = (value: number) => Math.round(value * 10) / 10

/** Hours of sandboxes, to the tenth. */
export const hoursOf = (seconds: number) => count(tenths(seconds / hourSeconds))

/** Costs of a day, for everything that is charged by the day. */
export const costs = { of: ({ micros }: Pick<Used, 'micros'>) => micros, written: money, name: m.usage_chart }

/** What can be drawn of an organization's days. */
export const measures = {
  cost: { title: m.usage_cost, ...costs },
  runs: { title: m.usage_requests, of: ({ runs }: Used) => runs, written: count, name: m.usage_chart_runs },
  hours: {
    title: m.usage_hours,
    of: ({ sandboxSeconds }: Used) => sandboxSeconds / hourSeconds,
    written: count,
    name: m.usage_chart_hours,
  },
} as const

export const wordsOfDay = (day: string, used: Pick<Used, 'micros' | 'runs'> | undefined) =>
  m.usage_bar({ day, money: money(used?.micros ?? 0), count: used?.runs ?? 0 })

export const wordsOfUse = (day: string, used: Used | undefined) =>
  `${wordsOfDay(day, used)}, ${m.usage_hours_count({ hours: hoursOf(used?.sandboxSeconds ?? 0) })}`
