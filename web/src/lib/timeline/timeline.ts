import type { Cursor, Event, Generation, GenerationId } from '#lib/contract.ts'
import { changes } from './timeline-changes.ts'
import { emptyTimeline, isActive, type Timeline, type Turn } from './timeline-shapes.ts'

/** The next view of a project, given one more event. Events seen before, by either way they come, change nothing. */
export function fold(timeline: Timeline, event: Event): Timeline {
  const seen = event.run ? (timeline.runs[event.run.id] ?? 0) >= event.run.n : (event.seq ?? 0) <= timeline.seq
  const marked = mark(timeline, event)
  return seen ? marked : changes(marked, event)
}

function mark(timeline: Timeline, { seq, run }: Event): Timeline {
  const last = run ? Math.max(timeline.runs[run.id] ?? 0, run.n) : 0
  return {
    ...timeline,
    seq: Math.max(timeline.seq, seq ?? 0),
    runs: run ? { ...timeline.runs, [run.id]: last } : timeline.runs,
  }
}

/** Where to go on: the end of the log, and what was seen of the run that is under way. */
export function cursorOf(timeline: Timeline): Cursor {
  const id = activeTurn(timeline)?.id
  const n = id && timeline.runs[id]
  return { seq: timeline.seq, run: id && n ? { id, n } : null }
}

export function activeTurn(timeline: Timeline): Turn | undefined {
  return timeline.turns.findLast(isActive)
}

/** Brings in generations as the API stores them: they know prompts, ends and costs, the events know the steps. */
export function withGenerations(timeline: Timeline, generations: readonly Generation[]): Timeline {
  const known = new Map(timeline.turns.map((turn) => [turn.id, turn]))
  for (const generation of generations) known.set(generation.id, turnOf(generation, known.get(generation.id)))
  const turns = [...known.values()].toSorted((a, b) => a.number - b.number)
  return { ...timeline, turns }
}

/** The request with this number, if it is known. */
export function turnAt({ turns }: Timeline, number: number): Turn | undefined {
  let [from, to] = [0, turns.length]
  while (from < to) {
    const middle = (from + to) >> 1
    if ((turns[middle]?.number ?? Infinity) < number) from = middle + 1
    else to = middle
  }
  return turns[from]?.number === number ? turns[from] : undefined
}

/** Fills in what happened in a request whose steps were not read yet, by its events alone. */
export function withSteps(timeline: Timeline, id: GenerationId, events: readonly Event[]): Timeline {
  const index = timeline.turns.findIndex((turn) => turn.id === id)
  const turn = timeline.turns[index]
  if (!turn || turn.told) return timeline
  const alone = events.reduce(changes, { ...emptyTimeline, turns: [turn] }).turns[0]
  const filled = { ...turn, rows: alone?.rows ?? [], told: true }
  return { ...timeline, turns: timeline.turns.with(index, filled) }
}

/** The log may be ahead of an answer that was on its way: an end, once seen, stands. */
function turnOf(generation: Generation, seen: Turn | undefined): Turn {
  const { projectId: _, attempt: __, startedAt: ___, ...stored } = generation
  const fresh = { ...stored, phase: seen?.phase ?? null, rows: seen?.rows ?? [], told: seen?.told ?? false }
  if (!seen || isActive(seen)) return { ...fresh, context: stored.context ?? seen?.context ?? null }
  return {
    ...fresh,
    state: seen.state,
    cost: seen.cost,
    answer: stored.answer ?? seen.answer,
    question: stored.question ?? seen.question,
    failure: stored.failure ?? seen.failure,
    diagnosis: stored.diagnosis ?? seen.diagnosis,
    context: stored.context ?? seen.context,
    returnedMicros: Math.max(stored.returnedMicros, seen.returnedMicros),
    versionId: stored.versionId ?? seen.versionId,
    endedAt: stored.endedAt ?? seen.endedAt,
  }
}
