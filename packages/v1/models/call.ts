import { newId } from '../../../lib/contract/ids.ts'
import { ModelCall, ModelRequest } from '../../../lib/contract/model.ts'
import { mostOutputTokens, objectionTo } from '../../../lib/domain/model-request.ts'
import { mostOfCall, priceOf } from '../../../lib/domain/prices.ts'
import { inRun } from '../../../lib/entry/locate.ts'
import { operation, refuse } from '../../../lib/entry/operation.ts'
import { objectKeys } from '../../../lib/ports/object-store.ts'
import { chunkAddresses } from './chunk-addresses.ts'

export const callModel = operation({
  summary: 'For the runner: ask the model; the reply is written chunk by chunk to the addresses given',
  body: ModelRequest,
  may: ['model.call', inRun],
  answers: [202, ModelCall],
  refuses: ['run_over', 'forbidden', 'payment_required'],
  async run({ body: request, principal }, { runs, modelCalls, jobs, objects, now }) {
    if (principal.kind !== 'run' || !principal.generationId) return refuse('run_over', undefined, final)
    const { projectId, generationId, attempt } = principal
    const model = await runs.model({ id: generationId, attempt })
    if (!model) return refuse('run_over', undefined, final)
    const objection = objectionTo(request, model)
    const price = priceOf(model, now())
    if (objection || !price) return refuse('forbidden', objection ?? `${model} has no price.`, final)

    const id = newId('call')
    const text = JSON.stringify(request)
    // Stored before any money is held, so that no row is locked while storage is waited for.
    await objects.put(objectKeys.modelRequest(projectId, id), text, 'application/json')
    const most = mostOfCall(price, text.length, Math.min(request.body.max_tokens, mostOutputTokens))
    const { purpose } = request
    const held = await modelCalls.hold({ id, projectId, generationId, attempt, model, purpose, most })
    if (held === 'run_over') return refuse('run_over', undefined, final)
    if (held === 'used_up') return refuse('payment_required', 'This run has reached the most it may cost.', final)
    await jobs.enqueue({ kind: 'relay-model', projectId, payload: { callId: id } })
    return { id, from: 0, chunks: await chunkAddresses(objects, { projectId, id, from: 0 }) }
  },
})

/** The vendor's client asks again on some statuses unless told not to. */
const final = { 'x-should-retry': 'false' }
