import type { Queue } from '../../../lib/contract/conversation.ts'
import type { ProjectId } from '../../../lib/contract/ids.ts'
import type { Stores } from '../../../lib/store/stores.ts'

/** Tells everybody that other messages wait now, and answers which. */
export async function sayQueueChanged(
  { queue, events }: Pick<Stores, 'queue' | 'events'>,
  projectId: ProjectId,
): Promise<Queue> {
  const now = await queue.list(projectId)
  const { items, paused } = now
  await events.append(projectId, { type: 'queue:changed', data: { waiting: items.length, paused } })
  return now
}
