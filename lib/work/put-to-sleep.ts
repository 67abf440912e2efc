import type { ProjectId } from '../contract/ids.ts'
import type { Stores } from '../store/stores.ts'

/** Stops the sandbox of a project that nobody works on from now on. */
export async function putToSleep(
  { sandboxes, events, jobs }: Pick<Stores, 'sandboxes' | 'events' | 'jobs'>,
  projectId: ProjectId,
): Promise<void> {
  const known = await sandboxes.find(projectId)
  if (!known || !(await sandboxes.move(projectId, 'stopping', awake))) return
  await Promise.all([
    events.append(projectId, { type: 'sandbox:status', data: { state: 'stopping', problem: null } }),
    jobs.enqueue({ kind: 'stop-sandbox', projectId, payload: { projectId }, key: `stop-sandbox:${projectId}` }),
  ])
}

const awake = ['starting', 'started'] as const
