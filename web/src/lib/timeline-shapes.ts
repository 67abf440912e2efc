import type { Cost, Failure, GenerationId, GenerationState, Progress, SandboxState, VersionId } from './contract.ts'

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
  /** Whether something answers at the preview's address: a run opens the address before its app is up. */
  served: boolean
  version: { id: VersionId; number: number } | null
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
  seq: 0,
  runs: {},
}

export const isActive = ({ state }: Turn) => state === 'queued' || state === 'running'
