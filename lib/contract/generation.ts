import * as z from 'zod/mini'
import { failures } from './failures.ts'
import { GenerationId, ImageId, ProjectId, VersionId } from './ids.ts'
import { Cost, Micros } from './money.ts'
import { Instant, PageQuery } from './page.ts'

export const promptLimit = 20_000

export const Prompt = z
  .string()
  .check(
    z.trim(),
    z.minLength(1, 'Say what to build.'),
    z.maxLength(promptLimit, `A prompt has at most ${promptLimit} characters.`),
  )

/** `build` changes the app; `plan` reads and talks only. */
export const GenerationMode = z.enum(['build', 'plan'])
export type GenerationMode = z.infer<typeof GenerationMode>

const words = z.string().check(z.maxLength(2_000))

/** What a request points at beside its words: an element or an error of the preview, or an image that was uploaded. */
export const Attachment = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('image'), imageId: ImageId }),
  z.strictObject({
    kind: z.literal('element'),
    selector: words,
    tag: z.string().check(z.maxLength(80)),
    text: words,
    html: words,
    /** Where it was written: `src/App.tsx:12:5`. */
    source: z.optional(z.string().check(z.maxLength(300))),
  }),
  z.strictObject({
    kind: z.literal('error'),
    source: z.enum(['preview', 'console', 'check']),
    message: words,
    detail: z._default(z.string().check(z.maxLength(8_000)), ''),
  }),
])
export type Attachment = z.output<typeof Attachment>

export const mostAttachments = 8

export const NewGeneration = z.strictObject({
  prompt: Prompt,
  mode: z._default(GenerationMode, 'build'),
  /** Without one: the organization's default. */
  model: z.optional(z.string().check(z.maxLength(100))),
  /** The run stops at this, when it is less than its quote. */
  atMostMicros: z.optional(z.int().check(z.minimum(1))),
  /** Whether another model may step in when this one is overloaded. */
  mayFallBack: z._default(z.boolean(), false),
  attachments: z._default(z.array(Attachment).check(z.maxLength(mostAttachments)), []),
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
export const Question = z.object({
  text: z.string().check(z.maxLength(2_000)),
  choices: z.array(z.string().check(z.maxLength(200))).check(z.maxLength(6)),
})
export type Question = z.infer<typeof Question>

/** The failure that came back after its repair. */
export const Diagnosis = z.object({
  check: z.string().check(z.maxLength(40)),
  message: z.string().check(z.maxLength(2_000)),
  tries: z.int(),
  /** The number of the last green version, when it was made current again. */
  restored: z.optional(z.nullable(z.int())),
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
  /** Its place among the requests of the project, from 1. */
  number: z.int(),
  state: GenerationState,
  prompt: z.string(),
  /** The model's closing words, once it has spoken them. */
  answer: z.nullable(z.string()),
  model: z.string(),
  /** True when no model spoke: the scripted demo did. */
  scripted: z.boolean(),
  cost: Cost,
  attempt: z.int(),
  failure: z.nullable(Failure),
  mode: GenerationMode,
  attachments: z.array(Attachment),
  /** Set when the run ended with a question instead of a change. */
  question: z.nullable(Question),
  diagnosis: z.nullable(Diagnosis),
  context: z.nullable(Context),
  /** What the platform gave back of the cost: tries that led nowhere. */
  returnedMicros: Micros,
  /** While it is queued: how many runs start before it, or null when it starts at once. */
  place: z.nullable(z.int()),
  retryOf: z.nullable(GenerationId),
  /** True once the conversation went back to before it. */
  superseded: z.boolean(),
  /** Paid by the organization's own key. */
  ownKey: z.boolean(),
  /** How many replies of the model it took, once it has ended; null when nobody counted. */
  steps: z.nullable(z.int()),
  baseVersionId: z.nullable(VersionId),
  versionId: z.nullable(VersionId),
  createdAt: Instant,
  startedAt: z.nullable(Instant),
  endedAt: z.nullable(Instant),
})
export type Generation = z.infer<typeof Generation>

/** What asking is answered with: also what was masked in the words, once, since nothing keeps the values. */
export const StartedGeneration = z.extend(Generation, { masked: z.array(Masked) })
export type StartedGeneration = z.infer<typeof StartedGeneration>

/** `upTo` is the number of the newest one wanted, `until` the instant after which none is, `q` what its words or its answer say. */
export const GenerationQuery = z.extend(PageQuery, {
  upTo: z.optional(z.coerce.number().check(z.int(), z.minimum(0), z.maximum(2_147_483_647))),
  until: z.optional(Instant),
  q: z.optional(z.string().check(z.trim(), z.minLength(1), z.maxLength(100))),
})

export const GenerationPath = z.object({ projectId: ProjectId, generationId: GenerationId })
