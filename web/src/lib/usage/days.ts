const dayMs = 86_400_000

/** Use by day, those without any left out. */
export interface Span<Day> {
  from: string
  to: string
  days: readonly (Day & { day: string })[]
}

/** Every day of the span and how tall it stands; `of` says so for a day that has something. */
export function daysOf<Day>({ from, to, days }: Span<Day>, of: (day: Day) => number) {
  const used = new Map(days.map((day) => [day.day, day]))
  const count = Math.floor((Date.parse(to) - Date.parse(from)) / dayMs) + 1
  return Array.from({ length: count }, (_, index) => {
    const day = new Date(Date.parse(from) + index * dayMs).toISOString().slice(0, 10)
    const found = used.get(day)
    return { day, found, amount: found ? of(found) : 0 }
  })
}

/** The next round amount above the highest, so that the axis says something simple. */
export function ceilingOf(amount: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(amount, 1)))
  return [1, 2, 5, 10].map((step) => step * power).find((round) => round >= amount) ?? 10 * power
}
