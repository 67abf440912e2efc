import type { FailureCode, Generation } from '../contract/generation.ts'
import type { GenerationId, ProjectId, VersionId } from '../contract/ids.ts'
import type { Cost } from '../contract/money.ts'
import { isScripted } from '../domain/prices.ts'
import { isFree } from '../domain/quota.ts'
import { failureOf } from '../domain/run.ts'

/** A row of `generations` as the driver gives it: bigint comes as text. */
export interface GenerationRow {
  id: GenerationId
  project_id: ProjectId
  number: number
  steps: number | null
  state: Generation['state']
  prompt: string
  answer: string | null
  model: string
  failure_code: FailureCode | null
  base_version_id: VersionId | null
  version_id: VersionId | null
  attempt: number
  cap_micros: string
  spent_micros: string
  mode: Generation['mode']
  attachments: Generation['attachments']
  question: Generation['question']
  diagnosis: Generation['diagnosis']
  context: Generation['context']
  returned_micros: string
  place: number | null
  retry_of: GenerationId | null
  superseded_at: Date | null
  own_key: boolean
  created_at: Date
  started_at: Date | null
  ended_at: Date | null
}

export function toGeneration(row: GenerationRow): Generation {
  return {
    id: row.id,
    projectId: row.project_id,
    number: row.number,
    state: row.state,
    prompt: row.prompt,
    answer: row.answer,
    model: row.model,
    scripted: isScripted(row.model),
    cost: costOf(row),
    attempt: row.attempt,
    failure: row.failure_code && failureOf(row.failure_code, row.version_id !== null, row.diagnosis?.restored),
    mode: row.mode,
    attachments: row.attachments,
    question: row.question,
    diagnosis: row.diagnosis,
    context: row.context,
    returnedMicros: Number(row.returned_micros),
    place: row.place,
    retryOf: row.retry_of,
    superseded: row.superseded_at !== null,
    ownKey: row.own_key,
    steps: row.steps,
    baseVersionId: row.base_version_id,
    versionId: row.version_id,
    createdAt: row.created_at.toISOString(),
    startedAt: row.started_at?.toISOString() ?? null,
    endedAt: row.ended_at?.toISOString() ?? null,
  }
}

export type Costing = Pick<GenerationRow, 'failure_code' | 'spent_micros' | 'cap_micros' | 'returned_micros' | 'model'>

/** What a run cost until now, without what was returned; nothing when its failure is ours. */
export const costOf = (row: Costing): Cost => ({
  currency: 'USD',
  micros: isFree(row.failure_code) ? 0 : Number(row.spent_micros) - Number(row.returned_micros),
  atMostMicros: Number(row.cap_micros),
  simulated: isScripted(row.model),
})
