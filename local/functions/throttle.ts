import type { Limits } from './limits.ts'

export type Throttle = {
  /** Lets one invocation in, or says why not. */
  enter(): string | undefined
  leave(): void
}

/** Counts the invocations of a namespace: so many in any sixty seconds, so many at the same time. */
export function createThrottle({ perMinute, concurrent }: Pick<Limits, 'perMinute' | 'concurrent'>): Throttle {
  let running = 0
  const recent: number[] = []
  return {
    enter() {
      const now = Date.now()
      while (recent[0] !== undefined && recent[0] <= now - 60_000) recent.shift()
      if (recent.length >= perMinute) {
        return `Too many requests in the last minute (count: ${recent.length + 1}, allowed: ${perMinute}).`
      }
      if (running >= concurrent) {
        return `Too many concurrent requests in flight (count: ${running + 1}, allowed: ${concurrent}).`
      }
      if (Number.isFinite(perMinute)) recent.push(now)
      running += 1
      return undefined
    },
    leave() {
      running -= 1
    },
  }
}
