import type { Fault } from './fault.ts'

const longestWait = 20_000
const longestAsked = 60_000
const leastWait = 200
/** A reply that broke off was paid for, and a silent one took a minute: neither is asked for again and again. */
const mostBroken = 3

/**
 * How long to wait for a model that is overloaded or out of reach: at random up to an exponentially growing time, or as
 * long as it asks for, and no more than `budgetMs` altogether. `next` answers milliseconds; undefined when it is enough.
 */
export function openPatience(budgetMs: number, random: () => number = Math.random) {
  let waited = 0
  let tries = 0
  let broken = 0

  return { next, tries: () => tries }

  function next(fault: Fault): number | undefined {
    if (!fault.passing) return undefined
    if (fault.broken && ++broken >= mostBroken) return undefined
    const wait = waitFor(fault)
    if (waited + wait > budgetMs) return undefined
    waited += wait
    tries++
    return wait
  }

  function waitFor({ retryAfterMs }: Fault): number {
    if (retryAfterMs !== null) return Math.min(retryAfterMs, longestAsked) + Math.round(random() * 1_000)
    return Math.max(leastWait, Math.round(random() * Math.min(longestWait, 1_000 * 2 ** tries)))
  }
}
