import * as z from 'zod/mini'
import type { RelayDesk } from '../../../lib/context.ts'
import { CallId } from '../../../lib/contract/ids.ts'
import { ModelRequest } from '../../../lib/contract/model.ts'
import type { Outcome } from '../../../lib/entry/background.ts'
import { objectKeys } from '../../../lib/ports/object-store.ts'
import type { Job } from '../../../lib/store/jobs.ts'
import type { OpenCall } from '../../../lib/store/model-calls.ts'
import { relayCall, type CallResult } from '../../../lib/work/relay-call.ts'
import { settleCall } from '../../../lib/work/settle-call.ts'
import { openChunks, type Chunks } from './chunks.ts'

export const leaseSeconds = 60
const Payload = z.object({ callId: CallId })

/** One call: sent once, whatever happens. A worker that finds it begun by another ends it with what is known. */
export async function relayModel(job: Job, desk: RelayDesk): Promise<Outcome> {
  const { callId } = Payload.parse(job.payload)
  const begun = job.tries > 1
  const [call, stored] = await Promise.all([
    desk.within(({ modelCalls }) => modelCalls.open(callId)),
    begun ? undefined : desk.objects.get(objectKeys.modelRequest(job.projectId, callId)),
  ])
  if (!call && !begun) return 'done'
  const chunks = await openChunks(desk.objects, { projectId: job.projectId, id: callId }, { begun })
  // Settled by who could not write its end, or by nobody's worker: the runner need not wait until it gives up.
  if (!call) {
    await chunks.end(true)
    return 'done'
  }
  const known: CallResult = { status: null, usage: call.usage, cut: true }
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

function relay(desk: RelayDesk, { job, call, chunks, stored }: Relay): Promise<CallResult> {
  if (!stored) throw new Error(`The request of ${call.id} is missing.`)
  const request = ModelRequest.parse(JSON.parse(new TextDecoder().decode(stored)))
  return relayCall(desk, {
    call,
    request,
    sink: chunks,
    isWanted: (usage) => desk.within(({ modelCalls }) => modelCalls.watch(call.id, job, { leaseSeconds, usage })),
  })
}
