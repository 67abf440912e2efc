import { Sandbox } from '../../../lib/contract/sandbox.ts'
import { Restart, WorkshopPath } from '../../../lib/contract/workshop.ts'
import { toSandbox } from '../../../lib/domain/sandbox.ts'
import { inProject } from '../../../lib/entry/locate.ts'
import { operation, refuse } from '../../../lib/entry/operation.ts'
import { takeRoom } from '../../../lib/work/sandbox-room.ts'

const restartable = ['absent', 'started', 'stopped', 'failed'] as const

export const restartSandbox = operation({
  summary: 'Stop and start the sandbox with its settings of now, or make it anew; versions are stored apart from it',
  path: WorkshopPath,
  body: Restart,
  may: ['sandbox.control', inProject],
  answers: [202, Sandbox],
  refuses: ['generation_active', 'not_found', 'payment_required', 'too_many_sandboxes'],
  async run({ path: { projectId }, body: { anew }, principal, standing, requestId }, desk) {
    const { queue, sandboxes, events, jobs, audit, now } = desk
    // Held, so that no run begins before it is written down.
    const [door, found] = await Promise.all([queue.hold(projectId), sandboxes.find(projectId)])
    if (!door) return refuse('not_found')
    if (door.activeGenerationId) return refuse('generation_active', 'Stop the generation first.')
    const noRoom = await takeRoom(desk, projectId, standing.limits)
    if (noRoom) return refuse(noRoom.objection, noRoom.detail, noRoom.headers)
    const moved = await sandboxes.move(projectId, 'starting', restartable)
    if (!moved) return toSandbox(found, now())
    const action = anew ? 'sandbox.remake' : 'sandbox.restart'
    await Promise.all([
      audit.record({ organizationId: standing.organizationId, principal, action, subject: projectId, requestId }),
      events.append(projectId, {
        type: 'sandbox:status',
        data: { state: 'starting', problem: null, doing: 'machine' },
      }),
      jobs.enqueue({
        kind: 'open-sandbox',
        projectId,
        payload: { projectId, first: anew ? 'remove' : 'stop' },
        key: `restart-sandbox:${projectId}`,
      }),
    ])
    return toSandbox(moved, now())
  },
})
