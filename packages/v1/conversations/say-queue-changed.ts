import type { Queue } from '../../../lib/contract/conversation.ts'
import type { MessageId, ProjectId } from '../../../lib/contract/ids.ts'
import type { Principal, Standing } from '../../../lib/domain/access.ts'
import type { Stores } from '../../../lib/store/stores.ts'

interface Change {
  projectId: ProjectId
  action: 'queue.add' | 'queue.change' | 'queue.remove' | 'queue.order' | 'queue.resume'
  subject: MessageId | ProjectId
  by: { principal: Principal; standing: Standing; requestId: string }
}

/** Tells everybody that other messages wait now, notes who saw to it, and answers which wait. */
export async function sayQueueChanged(
  { queue, audit, events }: Pick<Stores, 'queue' | 'audit' | 'events'>,
  { projectId, action, subject, by: { principal, standing, requestId } }: Change,
): Promise<Queue> {
  const { organizationId } = standing
  const [now] = await Promise.all([
    queue.list(projectId),
    audit.record({ organizationId, principal, action, subject, requestId }),
  ])
  const { items, paused } = now
  await events.append(projectId, { type: 'queue:changed', data: { waiting: items.length, paused } })
  return now
}
