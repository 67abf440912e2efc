import * as z from 'zod'
import { CallId } from './ids.ts'

/** A request to the model as the runner submits it: the vendor's own body, and the versions it speaks. */
export const ModelRequest = z.strictObject({
  body: z.looseObject({ model: z.string(), max_tokens: z.int().min(1) }),
  purpose: z.enum(['work', 'repair', 'compaction']).default('work'),
  headers: z.strictObject({ 'anthropic-version': z.string(), 'anthropic-beta': z.string().optional() }),
})
export type ModelRequest = z.output<typeof ModelRequest>

/** Accepted: the reply is written to these addresses, chunk by chunk, in order. A 404 there means not yet. */
export const ModelCall = z.object({ id: CallId, chunks: z.array(z.string()), from: z.int() })
export type ModelCall = z.infer<typeof ModelCall>

export const ModelCallQuery = z.object({ from: z.coerce.number().int().min(0).max(100_000).default(0) })

/** One stored chunk of a reply. The first one carries `status` and `contentType`; the last one is `done`. */
export const ModelChunk = z.object({
  n: z.int(),
  status: z.int().optional(),
  contentType: z.string().optional(),
  requestId: z.string().optional(),
  retryAfter: z.string().optional(),
  /** What the run ends with when there was no reply for a reason that only we know. */
  failure: z.enum(['own_key_refused', 'platform_fault']).optional(),
  text: z.string(),
  done: z.boolean(),
  /** Set when the connection to the model broke before the reply was whole. */
  cut: z.boolean().optional(),
})
export type ModelChunk = z.infer<typeof ModelChunk>

/** The header in which such a failure reaches the vendor's client. */
export const failureHeader = 'x-everjust-failure'

/** Names the call in the answer of a host that streams it at once. */
export const callHeader = 'x-everjust-call'
