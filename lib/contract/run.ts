import * as z from 'zod/mini'
import { Event } from './event.ts'
import { Attachment, Diagnosis, FailureCode, GenerationMode, Question } from './generation.ts'
import { GenerationId, ImageId, ProjectId, VersionId } from './ids.ts'
import { Cost } from './money.ts'
import { Template } from './project.ts'
import { FileEntry } from './version.ts'

const limits = z.object({
  steps: z.int(),
  seconds: z.int(),
  repairs: z.int(),
  /** From so many tokens on, the conversation is summed up. */
  context: z.optional(z.int()),
  /** How many seconds it may wait for a model that is overloaded, beside its own time. */
  waiting: z.optional(z.number()),
})

/**
 * The file a runner is started with (mode 0600, removed once read). `mode: 'sync'` only brings the sandbox to a
 * version and its preview up; `mode: 'generate'` also carries a generation to its end.
 */
export const RunJob = z.object({
  mode: z.enum(['generate', 'sync']),
  /** Set when the sandbox cannot reach out: its mail is fetched. */
  mail: z.optional(z.boolean()),
  projectId: ProjectId,
  template: Template,
  /** The API's public origin, as reachable from the sandbox. */
  api: z.string(),
  /** The origin where the gateway streams; without one, the API relays through storage. */
  gateway: z.optional(z.string()),
  /** Bearer token of this run: this project, this generation, this attempt only. */
  token: z.string(),
  /** What the workspace must hold before work starts; null keeps the bare template. */
  base: z.nullable(z.object({ versionId: VersionId, files: z.array(FileEntry) })),
  /** Public Ed25519 JWK with which the live gateway checks tickets, and the audience they must name. */
  live: z.object({ key: z.record(z.string(), z.unknown()), audience: z.string(), origins: z.array(z.string()) }),
  generation: z.nullable(
    z.object({
      id: GenerationId,
      attempt: z.int(),
      prompt: z.string(),
      mode: GenerationMode,
      /** What the request points at, and the images it names. */
      attachments: z.array(Attachment),
      images: z.array(z.object({ imageId: ImageId, mediaType: z.string() })),
      /** What the conversation came to before `conversation` begins, when it was too long to tell whole. */
      memory: z.nullable(z.string()),
      /** Earlier prompts and answers of this project, oldest first. */
      conversation: z.array(
        z.object({
          id: GenerationId,
          prompt: z.string(),
          answer: z.string(),
          /** Set when it ended with a question to the person. */
          asked: z.optional(z.literal(true)),
        }),
      ),
      /** The rules that the organization sets for all its projects. */
      rules: z.nullable(z.string()),
      /** The names of the project's secrets; their values never get here. */
      secrets: z.optional(z.array(z.string())),
      /** Files that this run may not change. */
      locked: z.optional(z.array(z.string())),
      /** Paths that people changed by hand since the model last worked here. */
      edited: z.array(z.object({ path: z.string(), change: z.enum(['added', 'removed', 'modified']) })),
      model: z.string(),
      fallbackModel: z.nullable(z.string()),
      limits,
      /** Presigned addresses of the saved transcript of this generation. */
      transcript: z.object({ get: z.string(), put: z.string() }),
    }),
  ),
})
export type RunJob = z.infer<typeof RunJob>

/** The first `run.n` of an attempt: attempts never share numbers, so an event cut off with its runner is not mistaken for a later one. */
export const firstEventOf = (attempt: number) => (attempt - 1) * 1_000_000 + 1

/** Events of a run, in order of `run.n`; repeats are ignored. At most 200 at once. */
export const RunEvents = z.strictObject({ attempt: z.int(), events: z.array(Event).check(z.maxLength(200)) })
/** Every report renews the lease. A run that was cancelled or taken over is answered `run_over` (409): stop at once. */
export const RunAcknowledged = z.object({
  /** The run was just cancelled: these were its last words, and the runner stops. */
  over: z.boolean(),
  upTo: z.int(),
  leaseSeconds: z.int(),
  cost: Cost,
})

/** How a run ended, as claimed by the runner; the control plane checks what can be checked. */
export const RunEnd = z.strictObject({
  attempt: z.int(),
  outcome: z.enum(['succeeded', 'failed']),
  failure: z.nullable(FailureCode),
  answer: z.string().check(z.maxLength(20_000)),
  versionId: z.nullable(VersionId),
  question: z._default(z.nullable(Question), null),
  diagnosis: z._default(z.nullable(Diagnosis), null),
  /** What the conversation came to up to and with `upTo`, when this run had to sum it up. */
  memory: z._default(
    z.nullable(z.strictObject({ text: z.string().check(z.maxLength(40_000)), upTo: GenerationId })),
    null,
  ),
})
export type RunEnd = z.output<typeof RunEnd>
