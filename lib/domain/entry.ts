import type { FailureCode, Question } from '../contract/generation.ts'
import type { VersionId } from '../contract/ids.ts'
import type { FileEntry } from '../contract/version.ts'
import type { CheckFailure } from './check-failure.ts'

/** What has happened in a generation, in order; with the files of its checkpoint it is the whole truth about it. */
export type Entry =
  /** `toldBefore`: the tokens of all that was said before the request. */
  | { kind: 'asked'; text: string; toldBefore?: number }
  | Replied
  | { kind: 'used'; results: unknown; changed: number }
  | Checked
  | { kind: 'told'; text: string; repair: boolean }
  | { kind: 'compacted'; text: string; tokens: number }
  | Merge
  | { kind: 'halted'; code: FailureCode }
  | { kind: 'saved'; versionId: VersionId | null; refused: FailureCode | null }

/** A reply of the model. `tokens` is what it and all before it filled of the window, `model` the one that gave it. */
export interface Replied {
  kind: 'replied'
  ended: ReplyEnd
  text: string
  calls: ToolCall[]
  content: unknown
  question?: Question | null
  tokens?: number
  model?: string
}

/** What the checks came to. `green` is null when no browser looked at the page; `picture` is the digest of what it saw. */
export interface Checked {
  kind: 'checked'
  ok: boolean
  output: string
  failures: CheckFailure[]
  green: boolean | null
  picture: string | null
}

/** A person saved `versionId` while the run worked: its changes were put together with the run's, and stand where both met. */
export interface Merge {
  kind: 'merged'
  versionId: VersionId | null
  files: FileEntry[]
  conflicts: string[]
}

/** How a reply of the model came to its end; `length` means that it was cut off for being too long. */
export type ReplyEnd = 'done' | 'calls' | 'length' | 'refused'

export interface ToolCall {
  id: string
  tool: string
}
