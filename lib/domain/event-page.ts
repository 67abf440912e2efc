import type { Cursor, Event } from '../contract/event.ts'

/** An answer is at most 1 MB; what does not fit comes with the next page. */
const mostBytes = 700_000

/** The first events that fit one answer, at least one. */
export function fitting(events: readonly Event[]): Event[] {
  let bytes = 0
  const fit = events.findIndex((event) => (bytes += Buffer.byteLength(JSON.stringify(event))) > mostBytes)
  return events.slice(0, fit === -1 ? events.length : Math.max(1, fit))
}

/**
 * Where to go on after these events. `upTo` is the log's end when nothing of it was left out, so that events which were
 * passed over, because they had been seen live, are not looked at again.
 */
export function cursorAfter({ seq, run }: Cursor, events: readonly Event[], upTo: number | null): Cursor {
  const last = Math.max(seq, upTo ?? 0, events.at(-1)?.seq ?? 0)
  const lastOfRun = events.findLast((event) => event.run !== null)?.run ?? run
  if (!lastOfRun || lastOfRun.id !== run?.id) return { seq: last, run: lastOfRun }
  return { seq: last, run: { id: run.id, n: Math.max(run.n, lastOfRun.n) } }
}
