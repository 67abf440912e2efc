import type { ModelRequest } from '../contract/model.ts'
import { newId } from '../contract/new-id.ts'
import type { Principal } from '../domain/access.ts'
import { charactersOfImage, imagesIn, mostOutputTokens, objectionTo } from '../domain/model-request.ts'
import { mostOfCall, priceOf, unpriced } from '../domain/prices.ts'
import { objectKeys } from '../ports/object-store.ts'
import type { OpenCall } from '../store/model-calls.ts'
import type { Stores } from '../store/stores.ts'

type HoldDesk = Pick<Stores, 'runs' | 'modelCalls'> & { now(): Date }

interface Asking {
  principal: Principal
  request: ModelRequest
  /** Stores the request for whoever relays it. A host that relays it itself has it at hand, and keeps it beside the call. */
  store?(key: string, text: string): Promise<void>
}

/** Why a request of a run is not passed on; whatever the code, asking again is of no use. */
export interface CallObjection {
  objection: 'run_over' | 'forbidden' | 'payment_required'
  detail?: string
}

/**
 * Decides about one request of a run, for every host of the gateway alike: whose it is, whether the model and what is
 * asked of it are allowed, and whether the run can pay for it. Its money is held.
 */
export async function holdCall(
  { runs, modelCalls, now }: HoldDesk,
  { principal, request, store }: Asking,
): Promise<OpenCall | CallObjection> {
  if (principal.kind !== 'run' || !principal.generationId) return { objection: 'run_over' }
  const { projectId, generationId, attempt } = principal
  const run = await runs.models({ id: generationId, attempt })
  if (!run) return { objection: 'run_over' }
  const { model } = request.body
  const objection = objectionTo(request, run)
  // Of the models behind an organization's own endpoint nobody here knows the price, and nobody here is paid.
  const price = priceOf(model, now()) ?? (run.ownKey ? unpriced : undefined)
  if (objection || !price) return { objection: 'forbidden', detail: objection ?? `${model} has no price.` }

  const id = newId('call')
  const text = JSON.stringify(request)
  // Stored before any money is held, so that no row is locked while storage is waited for.
  await store?.(objectKeys.modelRequest(projectId, id), text)
  const characters = text.length + imagesIn(request) * charactersOfImage
  const most = mostOfCall(price, characters, Math.min(request.body.max_tokens, mostOutputTokens))
  const { purpose } = request
  const held = await modelCalls.hold({ id, projectId, generationId, attempt, model, purpose, most })
  if (held === 'run_over') return { objection: 'run_over' }
  if (held === 'used_up') return { objection: 'payment_required', detail: 'This run has reached the most it may cost.' }
  return held
}
