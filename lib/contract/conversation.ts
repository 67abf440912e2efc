import * as z from 'zod/mini'
import { limitOwners } from './engine.ts'
import { GenerationMode, Masked, NewGeneration, Prompt } from './generation.ts'
import { GenerationId, ImageId, MessageId, ProjectId } from './ids.ts'
import { Micros } from './money.ts'
import { Instant } from './page.ts'

export const ConversationPath = z.object({ projectId: ProjectId })

/** What a run would cost: asked before it starts, and binding when it does. */
export const QuoteRequest = z.extend(
  z.pick(NewGeneration, { prompt: true, mode: true, model: true, attachments: true }),
  // The conversation goes back to before this request first, so that what came since is neither told nor paid.
  { retryOf: z.optional(GenerationId) },
)
export const Quote = z.object({
  currency: z.literal('USD'),
  /** The run stops here; what it does not use returns. */
  atMostMicros: Micros,
  /** What like runs came to, for the half of them. */
  usuallyMicros: Micros,
  simulated: z.boolean(),
  model: z.string(),
  /** Tokens of the first request, and how they were counted. */
  input: z.object({ tokens: z.int(), counted: z.enum(['by the model', 'estimated']) }),
  window: z.int(),
  /** Why the run could not start now, or null. */
  objection: z.nullable(z.string()),
  /** The cap that makes it less than it would be, or that leaves too little; null when none does. */
  cap: z.nullable(
    z.object({
      why: z.enum(['run', 'month']),
      whose: z.enum(limitOwners),
      mostMicros: Micros,
      leavesMicros: Micros,
    }),
  ),
})
export type Quote = z.infer<typeof Quote>

/** A message that waits until the run before it has ended. */
export const QueuedMessage = z.object({
  id: MessageId,
  prompt: z.string(),
  mode: GenerationMode,
  attachments: NewGeneration.shape.attachments,
  createdAt: Instant,
})
export type QueuedMessage = z.infer<typeof QueuedMessage>

/** What whoever wrote it is answered: also what was masked in the words, once. */
export const WrittenMessage = z.extend(QueuedMessage, { masked: z.array(Masked) })
export type WrittenMessage = z.infer<typeof WrittenMessage>

/** `paused` says why the queue does not go on by itself: the run before it failed or was stopped. */
export const Queue = z.object({ items: z.array(QueuedMessage), paused: z.nullable(z.string()) })
export type Queue = z.infer<typeof Queue>
export const mostQueued = 20

export const QueuedMessagePath = z.object({ projectId: ProjectId, messageId: MessageId })
export const QueuedMessageChange = z.strictObject({ prompt: Prompt })
/** All waiting messages in their new order; `resume` lets a paused queue go on. */
export const QueueOrder = z.strictObject({
  order: z.optional(z.array(MessageId).check(z.maxLength(mostQueued))),
  resume: z._default(z.boolean(), false),
})

/** Goes back to before an earlier request and asks it again, or asks something else instead. */
export const Retry = z.strictObject({
  generationId: GenerationId,
  prompt: z.optional(Prompt),
  atMostMicros: NewGeneration.shape.atMostMicros,
})

export const imageTypes = ['image/png', 'image/jpeg', 'image/webp'] as const
export const imageLimit = 5 * 1024 * 1024
export const NewImage = z.strictObject({
  mediaType: z.enum(imageTypes),
  size: z.int().check(z.minimum(1), z.maximum(imageLimit)),
  sha256: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
})
/** Where to put the image; it can be attached once `checked` was called for it. */
export const ImageUpload = z.object({ id: ImageId, url: z.string(), headers: z.record(z.string(), z.string()) })
export type ImageUpload = z.infer<typeof ImageUpload>
export const ImagePath = z.object({ projectId: ProjectId, imageId: ImageId })
export const Image = z.object({ id: ImageId, mediaType: z.enum(imageTypes), size: z.int(), url: z.string() })
export type Image = z.infer<typeof Image>

/** How long the answer is waited for, in seconds. */
export const ImproveQuery = z.object({ wait: z._default(z.coerce.number().check(z.minimum(0), z.maximum(22)), 20) })
export const ImproveRequest = z.strictObject({ prompt: Prompt })
/** The same wish in words that a model can do more with, by which model, and what that cost. */
export const Improved = z.object({ prompt: z.string(), model: z.string(), micros: Micros, simulated: z.boolean() })
export type Improved = z.infer<typeof Improved>
