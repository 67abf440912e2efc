import { ModelCall, ModelRequest } from '../../../lib/contract/model.ts'
import { inRun } from '../../../lib/entry/locate.ts'
import { operation, refuse } from '../../../lib/entry/operation.ts'
import { holdCall } from '../../../lib/work/hold-call.ts'
import { chunkAddresses } from './chunk-addresses.ts'

export const callModel = operation({
  summary: 'For the runner: ask the model; the reply is written chunk by chunk to the addresses given',
  body: ModelRequest,
  may: ['model.call', inRun],
  answers: [202, ModelCall],
  refuses: ['run_over', 'forbidden', 'payment_required'],
  async run({ body: request, principal }, desk) {
    const held = await holdCall(desk, {
      principal,
      request,
      store: (key, text) => desk.objects.put(key, text, 'application/json'),
    })
    if ('objection' in held) return refuse(held.objection, held.detail, final)
    const { id, projectId } = held
    await desk.jobs.enqueue({ kind: 'relay-model', projectId, payload: { callId: id } })
    return { id, from: 0, chunks: await chunkAddresses(desk.objects, { projectId, id, from: 0 }) }
  },
})

/** The vendor's client asks again on some statuses unless told not to. */
const final = { 'x-should-retry': 'false' }
