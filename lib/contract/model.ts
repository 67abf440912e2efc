import * as z from 'zod/mini'
import { CallId } from './ids.ts'

/** A request to the model as the runner submits it: the vendor's own body, and the versions it speaks. */
export const ModelRequest = z.strictObject({
  body: z.looseObject({ model: z.string(), max_tokens: z.int().check(z.minimum(1)) }),
  purpose: z._default(z.enum(['work', 'repair', 'compaction']), 'work'),
  headers: z.strictObject({ 'anthropic-version': z.string(), 'anthropic-beta': z.optional(z.string()) }),
})
export type ModelRequest = z.output<typeof ModelRequest>

/** Accepted: the reply is written to these addresses, chunk by chunk, in order. A 404 there means not yet. */
export const ModelCall = z.object({ id: CallId, chunks: z.array(z.string()), from: z.int() })
export type ModelCall = z.infer<typeof ModelCall>

export const ModelCallQuery = z.object({
  from: z._default(z.coerce.number().check(z.int(), z.minimum(0), z.maximum(100_000)), 0),
})

/** One stored chunk of a reply. The first one carries `status` and `contentType`; the last one is `done`. */
export const ModelChunk = z.object({
  n: z.int(),
  status: z.optional(z.int()),
  contentType: z.optional(z.string()),
  requestId: z.optional(z.string()),
  retryAfter: z.optional(z.string()),
  /** What the run ends with when there was no reply for a reason that only we know. */
  failure: z.optional(z.enum(['own_key_refused', 'platform_fault'])),
  text: z.string(),
  done: z.boolean(),
  /** Set when the connection to the model broke before the reply was whole. */
  cut: z.optional(z.boolean()),
})
export type ModelChunk = z.infer<typeof ModelChunk>

/** The header in which such a failure reaches the vendor's client. */
export const failureHeader = 'x-everjust-failure'

/** Names the call in the answer of a host that streams it at once. */
export const callHeader = 'x-everjust-call'
