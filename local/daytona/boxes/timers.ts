import type { Box } from './box.ts'
import type { Lifecycle } from './lifecycle.ts'
import type { BoxStore } from './store.ts'

type Clock = { readonly minuteMs: number; readonly log: (line: string) => void }

/** Ticks this often in a minute, at least every half second and at most every ten milliseconds. */
const TICKS = 60

/**
 * Stops what nobody used, archives and deletes what has been stopped for long, and deletes at the end of a set life.
 * Use means calls to the toolbox and traffic of previews, not programs that run. Answers how to end the clock.
 */
export function startTimers(store: BoxStore, lifecycle: Lifecycle, { minuteMs, log }: Clock): () => void {
  const busy = new Set<string>()
  const tick = () => {
    for (const box of store.all()) {
      const due = busy.has(box.id) ? undefined : dueStep(box, Date.now(), minuteMs)
      if (!due) continue
      busy.add(box.id)
      lifecycle[due](box)
        .catch((error: Error) => log(`sandbox ${box.name}: could not ${due}: ${error.message}`))
        .finally(() => busy.delete(box.id))
    }
  }
  const timer = setInterval(tick, Math.min(500, Math.max(10, minuteMs / TICKS)))
  timer.unref()
  return () => clearInterval(timer)
}

/** What is due for a sandbox now. Negative intervals never are; zero means never for all but delete (at once). */
export function dueStep(box: Box, now: number, minuteMs: number): 'stop' | 'archive' | 'destroy' | undefined {
  const older = (since: string, minutes: number) => minutes > 0 && now - Date.parse(since) >= minutes * minuteMs
  if (box.autoDestroyAt !== undefined && now >= Date.parse(box.autoDestroyAt)) return 'destroy'
  if (box.state === 'started') return older(box.lastActivityAt, box.autoStopInterval) ? 'stop' : undefined
  if (box.state !== 'stopped' && box.state !== 'archived') return undefined
  if (older(box.updatedAt, box.autoDeleteInterval)) return 'destroy'
  return box.state === 'stopped' && older(box.updatedAt, box.autoArchiveInterval) ? 'archive' : undefined
}
