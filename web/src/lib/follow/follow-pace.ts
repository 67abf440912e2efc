import type { Timeline } from '#lib/timeline/timeline-shapes.ts'
import { activeTurn } from '#lib/timeline/timeline.ts'

/** What decides how often the log is asked. */
export interface Situation {
  timeline: Timeline
  /** Whether the sandbox's socket carries the steps. */
  socket: boolean
  /** Until then, in milliseconds since 1970, a sandbox is expected to start, */
  startsUntil: number
  /** or a run that was stopped to leave a version. */
  leavesUntil: number
}

const seconds = 1000
/** From the end of one ask to the next: beside a socket, after a batch of steps, when the news is near, and when nothing goes on. */
const pauses = { beside: 30 * seconds, batch: 3 * seconds, near: 0.3 * seconds, idle: 30 * seconds }

/** How long the API may hold the answer back, in seconds: long only when the news can come no other way. */
export function patienceIn(situation: Situation): number {
  const stepsByLog = activeTurn(situation.timeline) !== undefined && !situation.socket
  return isNear(situation) || stepsByLog ? 20 : 0
}

/** How long to wait, in milliseconds, after an answer with so many events. */
export function breathIn(situation: Situation, events: number): number {
  if (isNear(situation)) return pauses.near
  if (!activeTurn(situation.timeline)) return pauses.idle
  if (situation.socket) return pauses.beside
  return events > 0 ? pauses.batch : pauses.near
}

/** What only the log tells is near: a run that starts or ends, the next message, a version, a sandbox that starts. */
function isNear({ timeline, startsUntil, leavesUntil }: Situation): boolean {
  const turn = activeTurn(timeline)
  if (turn) return turn.state === 'queued' || turn.phase === 'saving'
  const { queue, sandbox } = timeline
  if (queue && queue.waiting > 0 && queue.paused === null) return true
  return Date.now() < leavesUntil || (Date.now() < startsUntil && sandbox?.state !== 'started')
}
