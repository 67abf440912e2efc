import type { Event, EventOf, EventType, GenerationId, Progress } from './contract.ts'
import { isActive, type Row, type Timeline, type ToolRow, type Turn } from './timeline-shapes.ts'

type Change<T extends EventType> = (timeline: Timeline, data: EventOf<T>, event: Event) => Timeline
type ProgressChange<K extends Progress['kind']> = (
  turn: Turn,
  progress: Extract<Progress, { kind: K }>,
  event: Event,
) => Turn

/** What one new event changes. An event of a type or shape unknown here changes nothing. */
export function changes(timeline: Timeline, event: Event): Timeline {
  const change = byType[event.type as EventType] as Change<EventType> | undefined
  try {
    return change ? change(timeline, event.data as never, event) : timeline
  } catch {
    // The sandbox is not trusted to send what it should.
    return timeline
  }
}

const byType: { [T in EventType]?: Change<T> } = {
  'project:generation:start': (timeline, { generationId, prompt, model, scripted }, { at }) => {
    const known = timeline.turns.some((turn) => turn.id === generationId)
    if (known) return inTurn(timeline, generationId, (turn) => ({ ...turn, model, scripted }))
    return { ...timeline, turns: [...timeline.turns, newTurn({ id: generationId, prompt, model, scripted }, at)] }
  },
  'project:generation:progress': (timeline, { generationId, progress }, event) =>
    inTurn(timeline, generationId, (turn) => {
      const change = byKind[progress.kind] as ProgressChange<Progress['kind']> | undefined
      return change ? change(begun(turn), progress, event) : turn
    }),
  'project:generation:complete': (timeline, { generationId, versionId, answer, cost }, { at }) =>
    ended(timeline, generationId, { state: 'succeeded', versionId, answer, cost, endedAt: at }),
  'project:generation:failed': (timeline, { generationId, failure, versionId, cost }, { at }) =>
    ended(timeline, generationId, { state: 'failed', failure, versionId, cost, endedAt: at }),
  'project:generation:cancelled': (timeline, { generationId, cost }, { at }) =>
    ended(timeline, generationId, { state: 'cancelled', cost, endedAt: at }),
  'file:changed': (timeline, { generationId, ...file }, event) =>
    inTurn(timeline, generationId, (turn) => ({ ...turn, rows: withFile(turn.rows, file, event) })),
  'check:result': (timeline, { generationId, check, ok, output, ms }, event) =>
    inTurn(timeline, generationId, (turn) =>
      withRow(turn, { kind: 'check', key: keyOf(event), check, ok, output, ms }),
    ),
  // What a run itself says it cost is good only while it works.
  'cost:updated': (timeline, { generationId, cost }, { run }) =>
    inTurn(timeline, generationId, (turn) => (run && !isActive(turn) ? turn : { ...turn, cost })),
  'preview:ready': (timeline, { url, expiresAt }) => ({
    ...timeline,
    preview: { url, expiresAt },
    served: timeline.turns.some(isActive) ? timeline.served && timeline.preview?.url === url : true,
  }),
  'preview:changed': (timeline) => ({ ...timeline, served: true }),
  'version:created': (timeline, { versionId, number }) => ({ ...timeline, version: { id: versionId, number } }),
  'sandbox:status': (timeline, { state, problem }, { at }) => ({
    ...timeline,
    sandbox: { state, problem, at },
    served: timeline.served && state === 'started',
  }),
}

const byKind: { [K in Progress['kind']]?: ProgressChange<K> } = {
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
}

function inTurn(timeline: Timeline, id: GenerationId, change: (turn: Turn) => Turn): Timeline {
  const index = timeline.turns.findIndex((turn) => turn.id === id)
  const turn = timeline.turns[index]
  return turn ? { ...timeline, turns: timeline.turns.with(index, change(turn)) } : timeline
}

function ended(timeline: Timeline, id: GenerationId, end: Partial<Turn>): Timeline {
  const over = inTurn(timeline, id, (turn) => ({ ...turn, ...end, phase: null, rows: turn.rows.map(cut) }))
  return { ...over, served: true }
}

const begun = (turn: Turn): Turn => (turn.state === 'queued' ? { ...turn, state: 'running' } : turn)
const withRow = (turn: Turn, row: Row): Turn => ({ ...turn, rows: [...turn.rows, row] })
const cut = (row: Row): Row => (row.kind === 'tool' && row.state === 'running' ? { ...row, state: 'cut' } : row)
const keyOf = ({ run, seq }: Event) => (run ? `${run.id}.${run.n}` : `log.${seq}`)
const trimmed = (target: string) => target.replace(/^\/home\/app\/project\//, '')

function newTurn(start: Pick<Turn, 'id' | 'prompt' | 'model' | 'scripted'>, createdAt: string): Turn {
  const nothing = { phase: null, rows: [], cost: null, answer: null, failure: null, versionId: null, endedAt: null }
  return { ...start, ...nothing, state: 'queued', createdAt }
}

function newTool(key: string, tool: string, target: string): Omit<ToolRow, 'step' | 'startedAt'> {
  return { kind: 'tool', key, tool, target: trimmed(target), state: 'running', ms: 0, output: '', lines: null }
}

const writes = new Set(['write', 'edit'])

/** A change belongs to the tool call that named the file; what a command changed on its own stands in a row of its own. */
function withFile(rows: Row[], file: Omit<EventOf<'file:changed'>, 'generationId'>, event: Event): Row[] {
  const index = rows.findLastIndex((row) => row.kind === 'tool' && writes.has(row.tool) && row.target === file.path)
  const row = rows[index]
  if (row?.kind !== 'tool' || row.lines) return [...rows, { kind: 'file', key: keyOf(event), ...file }]
  return rows.with(index, { ...row, lines: { added: file.added, removed: file.removed } })
}
