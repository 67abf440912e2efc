import type { Desk } from '../context.ts'
import type { ProjectId } from '../contract/ids.ts'
import { openAddress, type KnownSandbox } from '../domain/sandbox.ts'

/** Sees to it that a project's sandbox runs, or will soon; `record` is asked when it is only now on its way. */
export async function wakeSandbox(
  projectId: ProjectId,
  { sandboxes, events, jobs, now }: Pick<Desk, 'sandboxes' | 'events' | 'jobs' | 'now'>,
  record?: () => Promise<void>,
): Promise<KnownSandbox | undefined> {
  const found = await sandboxes.find(projectId)
  const opening = {
    kind: 'open-sandbox',
    projectId,
    payload: { projectId },
    key: `open-sandbox:${projectId}`,
  } as const
  // It may have vanished since it was started: the job looks, and brings it back without a word when it is there.
  if (found && openAddress(found, found.previewUrl, now())) {
    await Promise.all([jobs.enqueue(opening), sandboxes.touch(projectId)])
    return found
  }
  const moved = await sandboxes.move(projectId, 'starting', startable)
  if (!moved) return found
  await Promise.all([
    events.append(projectId, { type: 'sandbox:status', data: { state: 'starting', problem: null, doing: 'machine' } }),
    jobs.enqueue(opening),
    record?.(),
  ])
  return moved
}

const startable = ['absent', 'started', 'stopping', 'stopped', 'failed'] as const
