import * as z from 'zod'
import { GenerationId, ProjectId, VersionId } from './ids.ts'
import { Cost } from './money.ts'
import { Instant } from './page.ts'

export const promptLimit = 20_000

export const NewGeneration = z.strictObject({
  prompt: z
    .string()
    .trim()
    .min(1, 'Say what to build.')
    .max(promptLimit, `A prompt has at most ${promptLimit} characters.`),
})
export type NewGeneration = z.output<typeof NewGeneration>

export const generationStates = ['queued', 'running', 'succeeded', 'failed', 'cancelled'] as const
export const GenerationState = z.enum(generationStates)
export type GenerationState = z.infer<typeof GenerationState>

/** Why a run failed, told in three parts: what happened, what was kept, what to do next. */
export const failures = {
  model_unavailable: ['The model did not answer.', 'Try again in a minute.'],
  model_refused: ['The model declined this request.', 'Say it in another way.'],
  budget_used_up: ['The run reached the most it may cost.', 'Continue with another message.'],
  too_many_steps: ['The run reached its limit of steps.', 'Continue with another message.'],
  out_of_time: ['The run took longer than it may.', 'Continue with another message.'],
  checks_failed: [
    'The app still fails its checks after three repairs.',
    'Ask for a fix, or restore an earlier version.',
  ],
  overtaken: [
    'The project got a newer version while this run worked.',
    'Send the message again to build on that version.',
  ],
  sandbox_lost: ['The sandbox could not be brought back.', 'Try again; your code is stored safely.'],
  platform_fault: ['Something broke on our side.', 'Try again; you were not charged for this run.'],
} as const satisfies Record<string, readonly [happened: string, next: string]>
export type FailureCode = keyof typeof failures
const failureCodes = Object.keys(failures) as [FailureCode, ...FailureCode[]]
export const FailureCode = z.enum(failureCodes)

export const Failure = z.object({ code: FailureCode, happened: z.string(), kept: z.string(), next: z.string() })
export type Failure = z.infer<typeof Failure>

export const Generation = z.object({
  id: GenerationId,
  projectId: ProjectId,
  state: GenerationState,
  prompt: z.string(),
  /** The model's closing words, once it has spoken them. */
  answer: z.string().nullable(),
  model: z.string(),
  /** True when no model spoke: the scripted demo did. */
  scripted: z.boolean(),
  cost: Cost,
  attempt: z.int(),
  failure: Failure.nullable(),
  baseVersionId: VersionId.nullable(),
  versionId: VersionId.nullable(),
  createdAt: Instant,
  startedAt: Instant.nullable(),
  endedAt: Instant.nullable(),
})
export type Generation = z.infer<typeof Generation>

export const GenerationPath = z.object({ projectId: ProjectId, generationId: GenerationId })
