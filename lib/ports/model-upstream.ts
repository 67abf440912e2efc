import type { ModelRequest } from '../contract/model.ts'
import type { TokenUsage } from '../domain/prices.ts'

/** Where replies of the model come from. */
export interface ModelUpstream {
  /** The vendor's answer, whatever its status. Throws a fault when there was none; `signal` cuts it off. */
  ask(body: Record<string, unknown>, headers: ModelRequest['headers'], signal: AbortSignal): Promise<ModelReply>
}

export interface ModelReply {
  status: number
  contentType: string
  requestId: string | null
  retryAfter: string | null
  /** The body as it comes. Throws when the connection breaks or the signal cuts it off. */
  texts: AsyncIterable<string>
  /** Whether what was read of `texts` came to the reply's own end. */
  complete(): boolean
  /** What was used as far as `texts` was read; null when nothing was seen. A reply that was cut is charged for the words that came. */
  usage(): TokenUsage | null
}
