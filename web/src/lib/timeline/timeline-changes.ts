import type { Event, EventOf, EventType, GenerationId, Progress, SandboxState } from '#lib/contract.ts'
import { changeOf } from './timeline-progress.ts'
import { begun, keyOf, settled, withFile, withRow } from './timeline-rows.ts'
import { isActive, type Timeline, type Turn } from './timeline-shapes.ts'

type Change<T extends EventType> = (timeline: Timeline, data: EventOf<T>, event: Event) => Timeline

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
  'project:generation:start': (timeline, { generationId, prompt, model, scripted, retryOf }, { at }) => {
    const turns = setAside(timeline.turns, retryOf, generationId)
    const known = turns.some((turn) => turn.id === generationId)
    if (known) return inTurn({ ...timeline, turns }, generationId, (turn) => ({ ...turn, model, scripted, told: true }))
    const number = (turns.at(-1)?.number ?? 0) + 1
    return { ...timeline, turns: [...turns, newTurn({ id: generationId, number, prompt, model, scripted }, at)] }
  },
  'project:generation:waiting': (timeline, { generationId, place }) =>
    inTurn(timeline, generationId, (turn) => (turn.state === 'queued' ? { ...turn, place } : turn)),
  'project:generation:progress': (timeline, { generationId, progress }, event) =>
    inTurn(timeline, generationId, (turn) => {
      const changed = changeOf(begun(turn), progress as Progress, event)
      // The last words of a run that was stopped come after its end: nothing goes on in it any more.
      return isActive(changed) ? changed : { ...changed, phase: null, rows: changed.rows.map(settled) }
    }),
  'project:generation:complete': (timeline, { generationId, question = null, ...end }, { at }) =>
    ended(timeline, generationId, { ...end, state: 'succeeded', question, endedAt: at }),
  'project:generation:failed': (timeline, { generationId, diagnosis = null, returnedMicros = 0, ...end }, { at }) =>
    ended(timeline, generationId, { ...end, state: 'failed', diagnosis, returnedMicros, endedAt: at }),
  'project:generation:cancelled': (timeline, { generationId, cost, failure = null }, { at }) =>
    ended(timeline, generationId, { state: 'cancelled', cost, failure, endedAt: at }),
  'file:changed': (timeline, { generationId, ...file }, event) =>
    inTurn(timeline, generationId, (turn) => ({ ...turn, rows: withFile(turn.rows, file, event) })),
  'check:result': (timeline, { generationId, check, ok, output, ms }, event) =>
    inTurn(timeline, generationId, (turn) =>
      withRow(turn, { kind: 'check', key: keyOf(event), check, ok, output, ms }),
    ),
  // What a run itself says it cost is good only while it works.
  'cost:updated': (timeline, { generationId, cost, context }, { run }) =>
    inTurn(timeline, generationId, (turn) =>
      run && !isActive(turn) ? turn : { ...turn, cost, context: context ?? turn.context },
    ),
  // Belongs to the run that wrote it, or to the last one when nobody says which.
  'sandbox:logs': (timeline, { source, line }, event) => {
    const id = event.run?.id ?? timeline.turns.at(-1)?.id
    const row = { kind: 'log', key: keyOf(event), source, line: line.trim() } as const
    return id ? inTurn(timeline, id, (turn) => withRow(turn, row)) : timeline
  },
  'preview:ready': (timeline, { url, expiresAt }) => ({
    ...timeline,
    preview: { url, expiresAt },
    served: timeline.turns.some(isActive) ? timeline.served && timeline.preview?.url === url : true,
  }),
  'preview:changed': (timeline) => ({ ...timeline, served: true }),
  'version:created': (timeline, { versionId, number }) => ({ ...timeline, version: { id: versionId, number } }),
  'queue:changed': (timeline, { waiting, paused }) => ({ ...timeline, queue: { waiting, paused } }),
  'sandbox:status': (timeline, { state, problem, doing }, { at }) => ({
    ...timeline,
    sandbox: { state, problem, doing: doing ?? null, at, since: sinceOf(timeline, state) ?? at },
    served: timeline.served && state === 'started',
  }),
}

/** When the sandbox came into the state that it is in already. */
const sinceOf = ({ sandbox }: Timeline, state: SandboxState) => (sandbox?.state === state ? sandbox.since : undefined)

function inTurn(timeline: Timeline, id: GenerationId, change: (turn: Turn) => Turn): Timeline {
  const index = timeline.turns.findLastIndex((turn) => turn.id === id)
  const turn = timeline.turns[index]
  return turn ? { ...timeline, turns: timeline.turns.with(index, change(turn)) } : timeline
}

function ended(timeline: Timeline, id: GenerationId, end: Partial<Turn>): Timeline {
  const over = inTurn(timeline, id, (turn) => {
    const kept = end.versionId ?? turn.versionId
    return { ...turn, ...end, versionId: kept, place: null, phase: null, rows: turn.rows.map(settled) }
  })
  return { ...over, served: true }
}

/** The conversation went back to before a request: it and what was asked since are set aside, but not what is asked now. */
function setAside(turns: Turn[], retryOf: GenerationId | null | undefined, now: GenerationId): Turn[] {
  const back = retryOf ? turns.find(({ id }) => id === retryOf) : undefined
  if (!back) return turns
  return turns.map((turn) => (turn.number < back.number || turn.id === now ? turn : { ...turn, superseded: true }))
}

/** A turn of which only the event is known yet; what the API stores of it comes later. */
function newTurn(start: Pick<Turn, 'id' | 'number' | 'prompt' | 'model' | 'scripted'>, createdAt: string): Turn {
  const ends = { answer: null, question: null, failure: null, diagnosis: null, versionId: null, endedAt: null }
  const asked = { mode: 'build', attachments: [], retryOf: null, baseVersionId: null, ownKey: false } as const
  const none = {
    phase: null,
    rows: [],
    told: true,
    steps: null,
    cost: null,
    context: null,
    place: null,
    returnedMicros: 0,
    superseded: false,
  }
  return { ...start, ...asked, ...ends, ...none, attachments: [], state: 'queued', createdAt }
}
