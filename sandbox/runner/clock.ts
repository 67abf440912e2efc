/** Counts how long a generation has worked, over all its attempts, against how long it may. */
export function openClock(spentBefore: number, limitSeconds: number) {
  const started = performance.now()
  const spent = () => spentBefore + (performance.now() - started) / 1000
  return {
    /** In seconds. */
    spent,
    isOver: () => spent() >= limitSeconds,
    /** Aborts when time is up. */
    signal: () => AbortSignal.timeout(Math.max(0, Math.ceil((limitSeconds - spent()) * 1000))),
  }
}
export type Clock = ReturnType<typeof openClock>
