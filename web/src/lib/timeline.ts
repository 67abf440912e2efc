import type {
  Cost,
  Cursor,
  Event,
  Failure,
  Generation,
  GenerationId,
  GenerationState,
  Progress,
  SandboxState,
  VersionId,
} from './contract.ts'
import { changes } from './timeline-changes.ts'

export type Phase = Extract<Progress, { kind: 'phase' }>['phase']

/** One line of a conversation's turn, in the order in which things began. */
export type Row =
  | { kind: 'text'; key: string; step: number; text: string }
  | ToolRow
  | { kind: 'file'; key: string; path: string; change: FileChange; added: number; removed: number }
  | { kind: 'check'; key: string; check: string; ok: boolean; output: string; ms: number }
  | { kind: 'repair'; key: string }
  | { kind: 'resumed'; key: string; attempt: number }

export interface ToolRow {
  kind: 'tool'
  key: string
  step: number
  tool: string
  target: string
  state: 'running' | 'done' | 'failed' | 'cut'
  startedAt: string
  ms: number
  output: string
  lines: { added: number; removed: number } | null
}
export type FileChange = 'added' | 'removed' | 'modified'

/** One generation as the conversation shows it. */
export interface Turn {
  id: GenerationId
  prompt: string
  model: string
  scripted: boolean
  state: GenerationState
  phase: Phase | null
  rows: Row[]
  cost: Cost | null
  answer: string | null
  failure: Failure | null
  versionId: VersionId | null
  createdAt: string
  endedAt: string | null
}

/** All that a project's events say, folded. */
export interface Timeline {
  turns: Turn[]
  sandbox: { state: SandboxState; problem: string | null; at: string } | null
  preview: { url: string; expiresAt: string } | null
  /** Counts the moments at which what the preview shows became another. */
  previewChanges: number
  version: { id: VersionId; number: number } | null
  /** The last event seen of the log, and of each run. */
  seq: number
  runs: Readonly<Record<GenerationId, number>>
}

export const emptyTimeline: Timeline = {
  turns: [],
  sandbox: null,
  preview: null,
  previewChanges: 0,
  version: null,
  seq: 0,
  runs: {},
}

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

export const isActive = (turn: Turn) => turn.state === 'queued' || turn.state === 'running'

export function activeTurn(timeline: Timeline): Turn | undefined {
  return timeline.turns.findLast(isActive)
}

/** Brings in generations as the API stores them: they know prompts, ends and costs, the events know the steps. */
export function withGenerations(timeline: Timeline, generations: readonly Generation[]): Timeline {
  const known = new Map(timeline.turns.map((turn) => [turn.id, turn]))
  for (const generation of generations) known.set(generation.id, turnOf(generation, known.get(generation.id)))
  const turns = [...known.values()].toSorted((a, b) => a.createdAt.localeCompare(b.createdAt))
  return { ...timeline, turns }
}

function turnOf(generation: Generation, seen: Turn | undefined): Turn {
  const { id, prompt, model, scripted, cost, answer, failure, versionId, createdAt, endedAt } = generation
  const over = seen !== undefined && !isActive(seen)
  return {
    ...{ id, prompt, model, scripted, createdAt },
    state: over ? seen.state : generation.state,
    cost: over ? seen.cost : cost,
    answer: answer ?? seen?.answer ?? null,
    failure: failure ?? seen?.failure ?? null,
    versionId: versionId ?? seen?.versionId ?? null,
    endedAt: endedAt ?? seen?.endedAt ?? null,
    phase: seen?.phase ?? null,
    rows: seen?.rows ?? [],
  }
}
