import type { Generation, GenerationId, Progress, SandboxState, VersionId } from '#lib/contract.ts'

export type Phase = Extract<Progress, { kind: 'phase' }>['phase']

/** One line of a conversation's turn, in the order in which things began. */
export type Row =
  | { kind: 'text'; key: string; step: number; text: string }
  | ToolRow
  | { kind: 'file'; key: string; path: string; change: FileChange; added: number; removed: number }
  | { kind: 'check'; key: string; check: string; ok: boolean; output: string; ms: number }
  | { kind: 'repair'; key: string }
  | { kind: 'resumed'; key: string; attempt: number }
  | WaitRow
  | { kind: 'fell_back'; key: string; model: string }
  | { kind: 'compacted'; key: string; before: number; after: number }
  | { kind: 'log'; key: string; source: string; line: string }

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
/** The model keeps the run waiting: `until` is in milliseconds since 1970; `over` once something else went on. */
export interface WaitRow {
  kind: 'waiting'
  key: string
  status: number | null
  until: number
  tries: number
  over: boolean
}
export type FileChange = 'added' | 'removed' | 'modified'

type Stored = Pick<
  Generation,
  | (
      | 'id'
      | 'number'
      | 'steps'
      | 'prompt'
      | 'mode'
      | 'attachments'
      | 'model'
      | 'scripted'
      | 'state'
      | 'answer'
      | 'question'
      | 'failure'
    )
  | ('diagnosis' | 'context' | 'returnedMicros' | 'place' | 'retryOf' | 'superseded' | 'ownKey')
  | ('baseVersionId' | 'versionId' | 'createdAt' | 'endedAt')
>

/** One generation as the conversation shows it: as the API stores it, and what its events tell beyond that. */
export interface Turn extends Stored {
  cost: Generation['cost'] | null
  phase: Phase | null
  /** What happened in it; empty until `told`. */
  rows: Row[]
  /** Whether its steps were read, or come as they happen. */
  told: boolean
}

/** All that a project's events say, folded. */
export interface Timeline {
  /** Those that are known, by their numbers; others may lie between them. */
  turns: Turn[]
  sandbox: {
    state: SandboxState
    problem: string | null
    doing: 'machine' | 'files' | null
    since: string
    at: string
  } | null
  preview: { url: string; expiresAt: string } | null
  /** Whether something answers at the preview's address: a run opens the address before its app is up. */
  served: boolean
  version: { id: VersionId; number: number } | null
  /** The messages that wait, as the log told of them last: how many, and why they do not go on. */
  queue: { waiting: number; paused: string | null } | null
  /** The last event seen of the log, and of each run. */
  seq: number
  runs: Readonly<Record<GenerationId, number>>
}

export const emptyTimeline: Timeline = {
  turns: [],
  sandbox: null,
  preview: null,
  served: true,
  version: null,
  queue: null,
  seq: 0,
  runs: {},
}

export const isActive = ({ state }: Turn) => state === 'queued' || state === 'running'
