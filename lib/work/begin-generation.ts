import type { NewGeneration, StartedGeneration } from '../contract/generation.ts'
import type { PublicSettings } from '../contract/health.ts'
import type { GenerationId, ProjectId } from '../contract/ids.ts'
import { newId } from '../contract/new-id.ts'
import { personOf, type Principal, type Standing } from '../domain/access.ts'
import { reservationFor } from '../domain/quota.ts'
import { screenWish } from '../domain/screening.ts'
import type { Stores } from '../store/stores.ts'

export type BeginDesk = Pick<Stores, 'ledger' | 'events' | 'jobs' | 'audit'> & {
  settings: Pick<PublicSettings, 'model'>
  now(): Date
}

export interface Beginning {
  projectId: ProjectId
  wish: NewGeneration
  principal: Principal
  standing: Standing
  /** What asked for it: a request, or the job that takes the next message of the queue. */
  requestId: string
  /** The earlier request that is asked again. */
  retryOf?: GenerationId
}

/** Why a generation was not begun; what was written until then must be rolled back. */
export interface Objection {
  objection: 'invalid_request' | 'payment_required' | 'generation_active' | 'not_found'
  detail?: string
}

/** Reserves, queues and announces a generation, however it was asked for: by `generate`, the queue, or a retry. */
export async function beginGeneration(desk: BeginDesk, beginning: Beginning): Promise<StartedGeneration | Objection> {
  const { projectId, wish, principal, standing, requestId } = beginning
  const { ledger, events, jobs, audit, settings, now } = desk
  const { organizationId } = standing
  const { prompt, masked } = screenWish(wish)
  if (prompt === '') return { objection: 'invalid_request', detail: 'Say what to build.' }
  const { id: model, scripted } = settings.model
  if (wish.model !== undefined && wish.model !== model) {
    return { objection: 'invalid_request', detail: `The model ${wish.model} is not offered here.` }
  }
  const id = newId('generation')
  const made = await ledger.begin(
    { id, projectId, organizationId, requestedBy: personOf(principal), prompt, model },
    reservationFor(standing.tier, now()),
  )
  if (typeof made === 'string') return objections[made]
  await Promise.all([
    audit.record({ organizationId, principal, action: 'generation.start', subject: id, requestId }),
    events.append(projectId, { type: 'project:generation:start', data: { generationId: id, prompt, model, scripted } }),
    jobs.enqueue({ kind: 'start-generation', projectId, payload: { generationId: id }, key: `start-generation:${id}` }),
  ])
  return { ...made, masked }
}

const objections = {
  gone: { objection: 'not_found' },
  used_up: { objection: 'payment_required', detail: 'The generations of this month are used up.' },
  active: { objection: 'generation_active' },
} as const satisfies Record<string, Objection>
