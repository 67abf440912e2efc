import type { ModelRequest } from '../contract/model.ts'

/** Where replies of the model come from. */
export interface ModelUpstream {
  /** The vendor's answer as it comes, whatever its status. Throws a fault when there was none; `signal` cuts it off. */
  ask(body: Record<string, unknown>, headers: ModelRequest['headers'], signal: AbortSignal): Promise<Response>
}
