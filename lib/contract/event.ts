import * as z from 'zod/mini'
import { GenerationId, VersionId } from './ids.ts'
import { Cost } from './money.ts'
import { Context, Diagnosis, Failure, Question } from './generation.ts'
import { Instant } from './page.ts'
import { SandboxState } from './sandbox.ts'

const generation = { generationId: GenerationId }
const summary = z.string().check(z.maxLength(500))

/** What a step is made of: one reply of the model and the tools it called. `progress` events are these. */
export const Progress = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('phase'), phase: z.enum(['preparing', 'thinking', 'checking', 'repairing', 'saving']) }),
  /** Text of the model as it comes; pieces of one step concatenate. */
  z.object({ kind: z.literal('text'), step: z.int(), text: z.string() }),
  z.object({ kind: z.literal('tool_started'), step: z.int(), callId: z.string(), tool: z.string(), target: summary }),
  z.object({
    kind: z.literal('tool_ended'),
    step: z.int(),
    callId: z.string(),
    tool: z.string(),
    target: summary,
    ok: z.boolean(),
    /** For commands: the last lines of output. For files: nothing. */
    output: z.string().check(z.maxLength(4_000)),
    ms: z.int(),
  }),
  /** The runner was cut off and goes on from the last saved step. */
  z.object({ kind: z.literal('resumed'), attempt: z.int() }),
  /** The model is overloaded or out of reach: the next try comes after `seconds`. */
  z.object({ kind: z.literal('waiting'), status: z.nullable(z.int()), seconds: z.number(), tries: z.int() }),
  /** Another model stepped in. */
  z.object({ kind: z.literal('fell_back'), model: z.string() }),
  /** The conversation was too long for the model's window and was summed up. */
  z.object({ kind: z.literal('compacted'), before: z.int(), after: z.int() }),
])
export type Progress = z.infer<typeof Progress>

/** Every event, by type: who may write it is `runMayWrite`. */
export const eventShapes = {
  'project:generation:start': z.object({
    ...generation,
    prompt: z.string(),
    model: z.string(),
    scripted: z.boolean(),
    /** The earlier request that is asked again: it and all after it are superseded. */
    retryOf: z._default(z.nullable(GenerationId), null),
  }),
  'project:generation:progress': z.object({ ...generation, progress: Progress }),
  'project:generation:complete': z.object({
    ...generation,
    versionId: z.nullable(VersionId),
    answer: z.string(),
    cost: Cost,
    question: z._default(z.nullable(Question), null),
  }),
  'project:generation:failed': z.object({
    ...generation,
    failure: Failure,
    versionId: z.nullable(VersionId),
    cost: Cost,
    diagnosis: z._default(z.nullable(Diagnosis), null),
    returnedMicros: z._default(z.int(), 0),
  }),
  /** All who may run at once do: so many start before this one. */
  'project:generation:waiting': z.object({ ...generation, place: z.int() }),
  /** The messages that wait until the run has ended have changed. */
  'queue:changed': z.object({ waiting: z.int(), paused: z.nullable(z.string()) }),
  'project:generation:cancelled': z.object({
    ...generation,
    cost: Cost,
    failure: z._default(z.nullable(Failure), null),
  }),
  'file:changed': z.object({
    ...generation,
    path: z.string(),
    change: z.enum(['added', 'removed', 'modified']),
    added: z.int(),
    removed: z.int(),
  }),
  'check:result': z.object({
    ...generation,
    check: z.enum(['install', 'typecheck', 'build', 'dev-server', 'page', 'console']),
    ok: z.boolean(),
    output: z.string().check(z.maxLength(8_000)),
    ms: z.int(),
  }),
  'preview:ready': z.object({ url: z.string(), expiresAt: Instant, versionId: z.nullable(VersionId) }),
  'preview:changed': z.object({ ...generation }),
  'cost:updated': z.object({ ...generation, cost: Cost, context: z._default(z.nullable(Context), null) }),
  'version:created': z.object({ versionId: VersionId, number: z.int(), message: z.string() }),
  /** `doing`: how far it is while it starts. */
  'sandbox:status': z.object({
    state: SandboxState,
    problem: z.nullable(z.string()),
    doing: z.optional(z.enum(['machine', 'files'])),
  }),
  'sandbox:logs': z.object({ source: z.enum(['dev-server', 'runner']), line: z.string().check(z.maxLength(2_000)) }),
} as const satisfies Record<string, z.ZodMiniType>

export type EventType = keyof typeof eventShapes
export type EventOf<T extends EventType> = z.infer<(typeof eventShapes)[T]>
export type Happening = { [T in EventType]: { type: T; data: EventOf<T> } }[EventType]

/** Events of the sandbox are hints for the screen; all others are written by the control plane alone. */
export const runMayWrite = [
  'project:generation:progress',
  'file:changed',
  'check:result',
  'preview:changed',
  'sandbox:logs',
] as const satisfies readonly EventType[]

/**
 * One event as every reader sees it. `seq` counts within the project's log; an event that reaches the reader
 * straight from the sandbox has none yet and is known by `run`, which it keeps once it is in the log.
 */
export const Event = z.object({
  seq: z.nullable(z.int()),
  run: z.nullable(z.object({ id: GenerationId, n: z.int() })),
  type: z.string(),
  at: Instant,
  data: z.record(z.string(), z.unknown()),
})
export type Event = z.infer<typeof Event>

/**
 * `after` is a cursor, or `latest` for the start of the newest generation; `generation` asks for the events of that one
 * alone.
 */
export const EventQuery = z.object({
  generation: z.optional(GenerationId),
  after: z._default(z.string().check(z.maxLength(120)), '0'),
  wait: z._default(z.coerce.number().check(z.minimum(0), z.maximum(20)), 0),
})
export const EventPage = z.object({ events: z.array(Event), next: z.string() })
export type EventPage = z.infer<typeof EventPage>

/** Cursors stand in a file of their own, free of zod, for the site. */
export { formatCursor, parseCursor, type Cursor } from './cursor.ts'
