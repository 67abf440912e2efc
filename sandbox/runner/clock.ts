import { setTimeout as sleep } from 'node:timers/promises'

/** Counts how long a generation has worked, over all its attempts, against how long it may. Rests do not count. */
export function openClock(spentBefore: number, limitSeconds: number) {
  const started = performance.now()
  let rested = 0
  let restsSince: number | undefined
  const restedMs = () => rested + (restsSince === undefined ? 0 : performance.now() - restsSince)
  const spent = () => spentBefore + (performance.now() - started - restedMs()) / 1000
  return {
    /** In seconds. */
    spent,
    isOver: () => spent() >= limitSeconds,
    /** Aborts when time is up. */
    signal: () => AbortSignal.timeout(Math.max(0, Math.ceil((limitSeconds - spent()) * 1000))),
    /** Lets time pass that nobody works in. */
    rest: async (ms: number) => {
      restsSince = performance.now()
      await sleep(ms)
      rested = restedMs()
      restsSince = undefined
    },
  }
}
export type Clock = ReturnType<typeof openClock>
