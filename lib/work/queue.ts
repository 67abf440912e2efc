import type { ProjectId } from '../contract/ids.ts'
import type { Stores } from '../store/stores.ts'

/** Pauses what waits, or null lets it go on; says so when it was otherwise. Answers how many messages wait. */
export async function pauseQueue(
  { queue, events }: Pick<Stores, 'queue' | 'events'>,
  projectId: ProjectId,
  paused: string | null,
): Promise<number> {
  const { waiting, changed } = await queue.pause(projectId, paused)
  if (changed && waiting > 0) await events.append(projectId, { type: 'queue:changed', data: { waiting, paused } })
  return waiting
}

/** The next message starts, if none is under way by then. */
export const wakeQueue = ({ jobs }: Pick<Stores, 'jobs'>, projectId: ProjectId): Promise<void> =>
  jobs.enqueue({ kind: 'next-message', projectId, payload: {}, key: `next-message:${projectId}` })
