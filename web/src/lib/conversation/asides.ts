import type { Turn } from '#lib/timeline/timeline-shapes.ts'

/** Neighbouring requests that were set aside when the conversation went back, by their first and last number. */
export type Aside = readonly [first: number, last: number]

export function asidesOf(turns: readonly Turn[]): Aside[] {
  const asides: [number, number][] = []
  for (const { number, superseded } of turns) {
    if (!superseded) continue
    const last = asides.at(-1)
    if (last?.[1] === number - 1) last[1] = number
    else asides.push([number, number])
  }
  return asides
}

/** The numbers that have a row: of an aside that is not unfolded, the first one alone. */
export function shownNumbers(total: number, asides: readonly Aside[], unfolded: ReadonlySet<number>): number[] {
  const hidden = new Set<number>()
  for (const [first, last] of asides) {
    if (!unfolded.has(first)) for (let number = first + 1; number <= last; number++) hidden.add(number)
  }
  return Array.from({ length: total }, (_, at) => at + 1).filter((number) => !hidden.has(number))
}
