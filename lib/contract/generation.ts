import * as z from 'zod'
import { failures } from './failures.ts'
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

type Code = keyof typeof failures
export const FailureCode = z.enum(Object.keys(failures) as [Code, ...Code[]])
export type FailureCode = z.infer<typeof FailureCode>

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
