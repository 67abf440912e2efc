import type { WebSocket } from 'ws'
import { formatCursor, type Cursor } from '../../lib/contract/event.ts'
import { liveClose } from '../../lib/contract/live.ts'
import type { Run, RunLogs } from './run-log.ts'

const pageSize = 200
const mostBuffered = 1024 * 1024

/**
 * Sends one reader what comes after its cursor, and then what happens. Nothing is queued for a slow reader: while
 * 1 MB waits on its socket it is sent no more, and goes on from the log once that has gone out.
 */
export function follow(socket: WebSocket, from: Cursor, logs: RunLogs) {
  let cursor = from
  const stop = logs.listen(send)
  socket.on('close', stop)
  send()

  function send() {
    while (socket.readyState === socket.OPEN && socket.bufferedAmount < mostBuffered) {
      const run = runAfter(logs.runs(), cursor)
      if (!run) return
      if (isBehind(run, cursor)) return socket.close(liveClose.behind, 'read the log first')
      sendPage(run)
    }
  }

  function sendPage(run: Run) {
    const seen = cursor.run?.id === run.id ? cursor.run.n : 0
    const start = firstAfter(run, seen)
    const page = run.events.slice(start, start + pageSize)
    cursor = { seq: cursor.seq, run: { id: run.id, n: page.at(-1)?.n ?? seen } }
    const next = JSON.stringify(formatCursor(cursor))
    socket.send(`{"events":[${page.map(({ text }) => text).join(',')}],"next":${next}}`, () => send())
  }
}

/** The run of which there is something to send: the cursor's own, else the one after it, else the latest. */
function runAfter(runs: readonly Run[], { run: seen }: Cursor): Run | undefined {
  const at = runs.findIndex(({ id }) => id === seen?.id)
  if (at === -1) return runs.at(-1)
  if (seen && (runs[at]?.events.at(-1)?.n ?? 0) > seen.n) return runs[at]
  return runs[at + 1]
}

// Numbers start anew with each attempt, so a reader whose last event is not here may have missed some between.
const isBehind = (run: Run, { run: seen }: Cursor) =>
  seen?.id === run.id && seen.n > 0 && (run.events[0]?.n ?? 0) > seen.n + 1

function firstAfter({ events }: Run, n: number): number {
  let low = 0
  let high = events.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((events[middle]?.n ?? 0) > n) high = middle
    else low = middle + 1
  }
  return low
}
