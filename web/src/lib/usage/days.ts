import type { ProjectUsage } from '#lib/contract.ts'

const dayMs = 86_400_000

export interface Day {
  day: string
  micros: number
  runs: number
}

/** Every day of the span, those without use too. */
export function daysOf({ from, to, days }: ProjectUsage): Day[] {
  const used = new Map(days.map((day) => [day.day, day]))
  const count = Math.floor((Date.parse(to) - Date.parse(from)) / dayMs) + 1
  return Array.from({ length: count }, (_, index) => {
    const day = new Date(Date.parse(from) + index * dayMs).toISOString().slice(0, 10)
    return { day, micros: used.get(day)?.micros ?? 0, runs: used.get(day)?.runs ?? 0 }
  })
}

/** The next round amount above the highest, so that the axis says something simple. */
export function ceilingOf(micros: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(micros, 1)))
  return [1, 2, 5, 10].map((step) => step * power).find((amount) => amount >= micros) ?? 10 * power
}
