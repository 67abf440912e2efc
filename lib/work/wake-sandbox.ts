import type { Desk } from '../context.ts'
import type { ProjectId } from '../contract/ids.ts'
import type { Limits } from '../contract/limits.ts'
import { openAddress, type KnownSandbox } from '../domain/sandbox.ts'
import { takeRoom, type RoomObjection } from './sandbox-room.ts'

type Waking = Pick<Desk, 'sandboxes' | 'sandboxRoom' | 'events' | 'jobs' | 'now'>

interface Asked {
  projectId: ProjectId
  limits: Limits
  /** Asked when it is only now on its way. */
  record?: () => Promise<void>
}

/** Sees to it that a project's sandbox runs, or will soon, if it may. */
export async function wakeSandbox(
  desk: Waking,
  { projectId, limits, record }: Asked,
): Promise<KnownSandbox | RoomObjection | undefined> {
  const { sandboxes, events, jobs, now } = desk
  // Sent together: one that is awake already keeps its place, and needs no other.
  const [found, objection] = await Promise.all([sandboxes.find(projectId), takeRoom(desk, projectId, limits)])
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
  if (objection) return objection
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
