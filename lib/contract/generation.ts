import * as z from 'zod'
import { failures } from './failures.ts'
import { GenerationId, ImageId, ProjectId, VersionId } from './ids.ts'
import { Cost, Micros } from './money.ts'
import { Instant } from './page.ts'

export const promptLimit = 20_000

export const Prompt = z
  .string()
  .trim()
  .min(1, 'Say what to build.')
  .max(promptLimit, `A prompt has at most ${promptLimit} characters.`)

/** `build` changes the app; `plan` reads and talks only. */
export const GenerationMode = z.enum(['build', 'plan'])
export type GenerationMode = z.infer<typeof GenerationMode>

const words = z.string().max(2_000)

/** What a request points at beside its words: an element or an error of the preview, or an image that was uploaded. */
export const Attachment = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('image'), imageId: ImageId }),
  z.strictObject({ kind: z.literal('element'), selector: words, tag: z.string().max(80), text: words, html: words }),
  z.strictObject({
    kind: z.literal('error'),
    source: z.enum(['preview', 'console', 'check']),
    message: words,
    detail: z.string().max(8_000).default(''),
  }),
])
export type Attachment = z.output<typeof Attachment>

export const mostAttachments = 8

export const NewGeneration = z.strictObject({
  prompt: Prompt,
  mode: GenerationMode.default('build'),
  /** Without one: the organization's default. */
  model: z.string().max(100).optional(),
  /** The run stops at this, when it is less than its quote. */
  atMostMicros: z.int().min(1).optional(),
  /** Whether another model may step in when this one is overloaded. */
  mayFallBack: z.boolean().default(false),
  attachments: z.array(Attachment).max(mostAttachments).default([]),
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

/** What the model asks back before it builds; the answer is the next request. */
export const Question = z.object({ text: z.string().max(2_000), choices: z.array(z.string().max(200)).max(6) })
export type Question = z.infer<typeof Question>

/** The failure that came back after its repair. */
export const Diagnosis = z.object({
  check: z.string().max(40),
  message: z.string().max(2_000),
  tries: z.int(),
  /** The number of the last green version, when it was made current again. */
  restored: z.int().nullable().optional(),
})
export type Diagnosis = z.infer<typeof Diagnosis>

/** How full the model's window was at the last reply, in tokens. */
export const Context = z.object({ tokens: z.int(), window: z.int() })
export type Context = z.infer<typeof Context>

/** A key or password that was found in a prompt and masked before anything was stored. */
export const Masked = z.object({ kind: z.string(), placeholder: z.string(), name: z.string() })
export type Masked = z.infer<typeof Masked>

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
  mode: GenerationMode,
  attachments: z.array(Attachment),
  /** Set when the run ended with a question instead of a change. */
  question: Question.nullable(),
  diagnosis: Diagnosis.nullable(),
  context: Context.nullable(),
  /** What the platform gave back of the cost: tries that led nowhere. */
  returnedMicros: Micros,
  /** While it is queued: how many runs start before it, or null when it starts at once. */
  place: z.int().nullable(),
  retryOf: GenerationId.nullable(),
  /** True once the conversation went back to before it. */
  superseded: z.boolean(),
  /** Paid by the organization's own key. */
  ownKey: z.boolean(),
  baseVersionId: VersionId.nullable(),
  versionId: VersionId.nullable(),
  createdAt: Instant,
  startedAt: Instant.nullable(),
  endedAt: Instant.nullable(),
})
export type Generation = z.infer<typeof Generation>

/** What asking is answered with: also what was masked in the words, once, since nothing keeps the values. */
export const StartedGeneration = Generation.extend({ masked: z.array(Masked) })
export type StartedGeneration = z.infer<typeof StartedGeneration>

export const GenerationPath = z.object({ projectId: ProjectId, generationId: GenerationId })
