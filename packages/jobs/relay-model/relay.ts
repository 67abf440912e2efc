import * as z from 'zod'
import type { RelayDesk } from '../../../lib/context.ts'
import { CallId } from '../../../lib/contract/ids.ts'
import { ModelRequest } from '../../../lib/contract/model.ts'
import { forwarded } from '../../../lib/domain/model-request.ts'
import type { TokenUsage } from '../../../lib/domain/prices.ts'
import type { Outcome } from '../../../lib/entry/background.ts'
import type { ModelReply } from '../../../lib/ports/model-upstream.ts'
import { objectKeys } from '../../../lib/ports/object-store.ts'
import type { Job } from '../../../lib/store/jobs.ts'
import type { OpenCall } from '../../../lib/store/model-calls.ts'
import { settleCall } from '../../../lib/work/settle-call.ts'
import { openChunks, type Chunks } from './chunks.ts'
import { digestOf } from './digest.ts'
import { watch, type Guard } from './watch.ts'

export const leaseSeconds = 60
const Payload = z.object({ callId: CallId })

/** What a call came to; `cut` when the reply did not come to its own end. */
interface Result {
  status: number | null
  usage: TokenUsage | null
  cut: boolean
}

/** One call: sent once, whatever happens. A worker that finds it begun by another ends it with what is known. */
export async function relayModel(job: Job, desk: RelayDesk): Promise<Outcome> {
  const { callId } = Payload.parse(job.payload)
  const begun = job.tries > 1
  const [call, stored] = await Promise.all([
    desk.within(({ modelCalls }) => modelCalls.open(callId)),
    begun ? undefined : desk.objects.get(objectKeys.modelRequest(job.projectId, callId)),
  ])
  if (!call) return 'done'
  const chunks = await openChunks(desk.objects, call, { begun })
  const known: Result = { status: null, usage: call.usage, cut: true }
  const { status, usage, cut } = begun || !call.current ? known : await relay(desk, { job, call, chunks, stored })
  // Settled before the last chunk is there to be read: the runner's next call must find the held money back.
  await settleCall(desk, { id: callId, model: call.model, usage, status })
  await chunks.end(cut)
  return 'done'
}

interface Relay {
  job: Job
  call: OpenCall
  chunks: Chunks
  stored: Uint8Array | undefined
}

async function relay(desk: RelayDesk, { job, call, chunks, stored }: Relay): Promise<Result> {
  if (!stored) throw new Error(`The request of ${call.id} is missing.`)
  const request = ModelRequest.parse(JSON.parse(new TextDecoder().decode(stored)))
  const guard = watch(desk, { job, call, leaseSeconds })
  return desk.upstream
    .ask(forwarded(request, digestOf(call.requestedBy), call.maxTokens), request.headers, guard.signal)
    .then((reply) => pass(desk, reply, { chunks, guard }))
    .catch((error: unknown) => {
      desk.log('warning', 'the model was not reached', { call: call.id, error })
      return { status: chunks.refuse(unreachable), usage: null, cut: false }
    })
    .finally(guard.stop)
}

/** The answer as it comes, into chunks. What was used up to a cut is kept, whatever cut it. */
async function pass(
  desk: RelayDesk,
  reply: ModelReply,
  { chunks, guard }: { chunks: Chunks; guard: Guard },
): Promise<Result> {
  guard.listen(reply)
  chunks.begin(reply)
  const broke = await copy(reply, chunks, guard).then(
    () => false,
    (error: unknown) => {
      desk.log('warning', 'a reply of the model was cut', { error })
      return true
    },
  )
  const failed = reply.status >= 400
  return { status: reply.status, usage: reply.usage(), cut: broke || !(failed || reply.complete()) }
}

async function copy({ texts }: ModelReply, chunks: Chunks, guard: Guard): Promise<void> {
  let length = 0
  for await (const text of texts) {
    guard.heard()
    length += text.length
    if (length > longestReply) throw new Error('The reply is longer than any should be.')
    await chunks.add(text)
  }
}

const longestReply = 8_000_000

/** In the vendor's own form, so that the vendor's client in the sandbox understands it and tries again. */
const unreachable = {
  status: 503,
  text: JSON.stringify({ type: 'error', error: { type: 'api_error', message: 'The model was not reached.' } }),
}
