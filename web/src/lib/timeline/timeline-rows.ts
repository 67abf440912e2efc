import type { Event, EventOf } from '#lib/contract.ts'
import type { Row, ToolRow, Turn } from './timeline-shapes.ts'

export const begun = (turn: Turn): Turn => (turn.state === 'queued' ? { ...turn, state: 'running', place: null } : turn)
export const withRow = (turn: Turn, row: Row): Turn => ({ ...turn, rows: [...turn.rows, row] })
export const keyOf = ({ run, seq }: Event) => (run ? `${run.id}.${run.n}` : `log.${seq}`)
export const trimmed = (target: string) => target.replace(/^\/home\/app\/project\//, '')

/** A call that was still at work when its runner went away. */
export const cut = (row: Row): Row => (row.kind === 'tool' && row.state === 'running' ? { ...row, state: 'cut' } : row)
export const waitedFor = (row: Row): Row => (row.kind === 'waiting' && !row.over ? { ...row, over: true } : row)
/** A row of a run that has ended: nothing in it goes on. */
export const settled = (row: Row): Row => waitedFor(cut(row))

export function newTool(key: string, tool: string, target: string): Omit<ToolRow, 'step' | 'startedAt'> {
  return { kind: 'tool', key, tool, target: trimmed(target), state: 'running', ms: 0, output: '', lines: null }
}

const writes = new Set(['write', 'edit'])

/** A change belongs to the tool call that named the file; what a command changed on its own stands in a row of its own. */
export function withFile(rows: Row[], file: Omit<EventOf<'file:changed'>, 'generationId'>, event: Event): Row[] {
  const index = rows.findLastIndex((row) => row.kind === 'tool' && writes.has(row.tool) && row.target === file.path)
  const row = rows[index]
  if (row?.kind !== 'tool' || row.lines) return [...rows, { kind: 'file', key: keyOf(event), ...file }]
  return rows.with(index, { ...row, lines: { added: file.added, removed: file.removed } })
}
