import type { Event, Progress } from '#lib/contract.ts'
import { cut, keyOf, newTool, trimmed, waitedFor, withRow } from './timeline-rows.ts'
import type { ToolRow, Turn } from './timeline-shapes.ts'

type Change<K extends Progress['kind']> = (turn: Turn, progress: Extract<Progress, { kind: K }>, event: Event) => Turn

/** What one piece of a run's progress changes in its turn. A kind unknown here changes nothing. */
export function changeOf(turn: Turn, progress: Progress, event: Event): Turn {
  const change = byKind[progress.kind] as Change<Progress['kind']> | undefined
  if (!change) return turn
  // Whatever comes next says that the wait is over; a further wait goes on with the same row.
  const waited = progress.kind === 'waiting' ? turn : { ...turn, rows: turn.rows.map(waitedFor) }
  return change(waited, progress, event)
}

const byKind: { [K in Progress['kind']]?: Change<K> } = {
  phase: (turn, { phase }, event) => {
    const next = { ...turn, phase }
    return phase === 'repairing' ? withRow(next, { kind: 'repair', key: keyOf(event) }) : next
  },
  text: (turn, { step, text }, event) => {
    const last = turn.rows.at(-1)
    if (last?.kind !== 'text' || last.step !== step) {
      return withRow(turn, { kind: 'text', key: keyOf(event), step, text })
    }
    return { ...turn, rows: turn.rows.with(-1, { ...last, text: last.text + text }) }
  },
  tool_started: (turn, { step, callId, tool, target }, { at }) =>
    withRow(turn, { ...newTool(callId, tool, target), step, startedAt: at }),
  tool_ended: (turn, { step, callId, tool, target, ok, output, ms }, { at }) => {
    const index = turn.rows.findLastIndex((row) => row.key === callId)
    const began = index < 0 ? { ...newTool(callId, tool, target), step, startedAt: at } : turn.rows[index]
    const done = { ...(began as ToolRow), target: trimmed(target), state: ok ? 'done' : 'failed', output, ms } as const
    return index < 0 ? withRow(turn, done) : { ...turn, rows: turn.rows.with(index, done) }
  },
  resumed: (turn, { attempt }, event) =>
    withRow({ ...turn, rows: turn.rows.map(cut) }, { kind: 'resumed', key: keyOf(event), attempt }),
  waiting: (turn, { status, seconds, tries }, event) => {
    const last = turn.rows.at(-1)
    const until = Date.parse(event.at) + seconds * 1000
    const row = { kind: 'waiting', key: keyOf(event), status, until, tries, over: false } as const
    const goesOn = last?.kind === 'waiting' && !last.over
    return goesOn ? { ...turn, rows: turn.rows.with(-1, { ...row, key: last.key }) } : withRow(turn, row)
  },
  fell_back: (turn, { model }, event) => withRow(turn, { kind: 'fell_back', key: keyOf(event), model }),
  compacted: (turn, { before, after }, event) => withRow(turn, { kind: 'compacted', key: keyOf(event), before, after }),
}
