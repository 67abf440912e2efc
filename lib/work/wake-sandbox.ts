import type { Desk } from '../context.ts'
import type { ProjectId } from '../contract/ids.ts'
import { openAddress, type KnownSandbox } from '../domain/sandbox.ts'

/** Sees to it that a project's sandbox runs, or will soon; `started` when it is only now on its way. */
export async function wakeSandbox(
  projectId: ProjectId,
  { sandboxes, events, jobs, now }: Pick<Desk, 'sandboxes' | 'events' | 'jobs' | 'now'>,
): Promise<{ known: KnownSandbox | undefined; started: boolean }> {
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
    return { known: found, started: false }
  }
  const moved = await sandboxes.move(projectId, 'starting', startable)
  if (!moved) return { known: found, started: false }
  await Promise.all([
    events.append(projectId, { type: 'sandbox:status', data: { state: 'starting', problem: null, doing: 'machine' } }),
    jobs.enqueue(opening),
  ])
  return { known: moved, started: true }
}

const startable = ['absent', 'started', 'stopping', 'stopped', 'failed'] as const
