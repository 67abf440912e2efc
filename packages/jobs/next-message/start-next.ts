import type { QueueDesk } from '../../../lib/context.ts'
import { decide, type Principal } from '../../../lib/domain/access.ts'
import type { Outcome } from '../../../lib/entry/background.ts'
import type { Job } from '../../../lib/store/jobs.ts'
import type { WaitingMessage } from '../../../lib/store/queue.ts'
import type { WorkerStores } from '../../../lib/store/worker-stores.ts'
import { beginGeneration } from '../../../lib/work/begin-generation.ts'
import type { Objection } from '../../../lib/work/unfit.ts'
import { pauseQueue } from '../../../lib/work/queue.ts'

/**
 * The message leaves the queue in the transaction that begins its generation: cut off anywhere it is one or the other,
 * and a second job finds a run under way. What cannot begin stays, and the queue says why it does not go on.
 */
export async function nextMessage({ id, projectId }: Job, desk: QueueDesk): Promise<Outcome> {
  const begin = async (stores: WorkerStores): Promise<void> => {
    const door = await stores.queue.hold(projectId)
    if (!door || door.paused !== null || door.activeGenerationId) return
    const message = await stores.queue.first(projectId)
    if (message) await start({ ...desk, ...stores }, { projectId, message, requestId: id })
  }
  const objection = await desk.within(begin).catch((error: unknown) => {
    if (error instanceof Objected) return error.objection
    throw error
  })
  if (objection) await desk.within((stores) => pauseQueue(stores, projectId, reasonOf(objection)))
  return 'done'
}

interface Starting {
  projectId: Job['projectId']
  message: WaitingMessage
  requestId: string
}

async function start(desk: QueueDesk & WorkerStores, { projectId, message, requestId }: Starting): Promise<void> {
  const { queue, standings, events } = desk
  const principal: Principal = { kind: 'user', userId: message.writtenBy, scopes: 'all' }
  const standing = await standings.inProject(principal, projectId)
  if (!standing || decide(principal, 'generation.start', standing) !== 'allowed') {
    throw new Objected({ objection: 'not_found', detail: 'Who wrote the next message may not build here any more.' })
  }
  await queue.remove(projectId, message.id)
  const begun = await beginGeneration(desk, { projectId, wish: message.wish, principal, standing, requestId })
  if ('objection' in begun) throw new Objected(begun)
  const { items } = await queue.list(projectId)
  await events.append(projectId, { type: 'queue:changed', data: { waiting: items.length, paused: null } })
}

const reasonOf = ({ objection, detail }: Objection): string => detail ?? `The next message was refused: ${objection}.`

/** Carries an objection out of the transaction, so that nothing written before it stays. */
class Objected extends Error {
  readonly objection: Objection
  constructor(objection: Objection) {
    super(objection.objection)
    this.objection = objection
  }
}
