import type { Generation, NewGeneration, StartedGeneration } from '../contract/generation.ts'
import type { PublicSettings } from '../contract/health.ts'
import type { GenerationId, ProjectId } from '../contract/ids.ts'
import { newId } from '../contract/new-id.ts'
import { personOf, type Principal, type Standing } from '../domain/access.ts'
import { choose } from '../domain/offer.ts'
import { reservationFor } from '../domain/quota.ts'
import { screenWish } from '../domain/screening.ts'
import type { Stores } from '../store/stores.ts'
import { faultOfAttachments } from './attached-images.ts'
import { pauseQueue } from './queue.ts'
import { quoteOf } from './quote.ts'
import { takeRoom } from './sandbox-room.ts'
import { objectionOf, tooLow, type Objection } from './unfit.ts'

export type BeginDesk = Pick<
  Stores,
  'ledger' | 'events' | 'jobs' | 'audit' | 'queue' | 'engines' | 'images' | 'quotes' | 'sandboxRoom'
> & {
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

/** Reserves, queues and announces a generation, however it was asked for: by `generate`, the queue, or a retry. */
export async function beginGeneration(desk: BeginDesk, beginning: Beginning): Promise<StartedGeneration | Objection> {
  const { projectId, wish, principal, standing, requestId, retryOf = null } = beginning
  const { ledger, engines, settings, now } = desk
  const { organizationId } = standing
  const { prompt, attachments, masked } = screenWish(wish)
  if (prompt === '') return { objection: 'invalid_request', detail: 'Say what to build.' }
  const engine = standing.engine ?? (await engines.ofProject(projectId))
  const choice = choose(wish, { tier: standing.tier, engine, installed: settings.model.id })
  if (typeof choice === 'string') return { objection: 'invalid_request', detail: choice }
  const fault = await faultOfAttachments(desk, projectId, attachments)
  if (fault) return { objection: 'invalid_request', detail: fault }
  const { model } = choice
  const id = newId('generation')
  const asked = { projectId, organizationId, mode: wish.mode, attachments, retryOf }
  const { leastMicros, atMostMicros: capMicros } = await quoteOf(desk, {
    ...{ projectId, limits: standing.limits, model, rules: engine.rules ?? '', precedents: standing.precedents },
    wish: { ...wish, prompt, attachments },
  })
  if (capMicros < leastMicros) return { objection: 'invalid_request', detail: tooLow(leastMicros) }
  // Sent together: a run needs its sandbox awake.
  const [noRoom, made] = await Promise.all([
    takeRoom(desk, projectId, standing.limits),
    ledger.begin(
      { ...asked, id, requestedBy: personOf(principal), prompt, ...choice },
      reservationFor(standing.limits, now(), { capMicros, leastMicros }),
    ),
  ])
  if ('why' in made) return objectionOf(made, now())
  if (noRoom) return noRoom
  await announce(desk, { organizationId, principal, action: 'generation.start', subject: id, requestId }, made)
  return { ...made, masked }
}

/** All that follows from a generation that was begun, in its transaction. */
async function announce({ audit, queue, events, jobs }: BeginDesk, deed: Deed, begun: Generation): Promise<void> {
  const { id: generationId, projectId, prompt, model, scripted, retryOf } = begun
  await Promise.all([
    // What waits is paused, or goes on, by how the last run ended; this one is the last now.
    pauseQueue({ queue, events }, projectId, null),
    audit.record(deed),
    events.append(projectId, {
      type: 'project:generation:start',
      data: { generationId, prompt, model, scripted, retryOf },
    }),
    jobs.enqueue({
      kind: 'start-generation',
      projectId,
      payload: { generationId },
      key: `start-generation:${generationId}`,
    }),
  ])
}

type Deed = Parameters<Stores['audit']['record']>[0]
