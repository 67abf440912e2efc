import { ProjectPath } from '../../../lib/contract/project.ts'
import { Sandbox } from '../../../lib/contract/sandbox.ts'
import { inProject } from '../../../lib/entry/locate.ts'
import { operation } from '../../../lib/entry/operation.ts'
import { openAddress, toSandbox } from '../../../lib/domain/sandbox.ts'

export const startSandbox = operation({
  summary: 'Start the sandbox so that it previews the current version',
  path: ProjectPath,
  may: ['sandbox.control', inProject],
  answers: [202, Sandbox],
  async run({ path: { projectId }, standing, principal, requestId }, { sandboxes, events, jobs, now, audit }) {
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
      return toSandbox(found, now())
    }
    const moved = await sandboxes.move(projectId, 'starting', startable)
    if (!moved) return toSandbox(found, now())
    await Promise.all([
      audit.record({
        organizationId: standing.organizationId,
        principal,
        action: 'sandbox.start',
        subject: projectId,
        requestId,
      }),
      events.append(projectId, {
        type: 'sandbox:status',
        data: { state: 'starting', problem: null, doing: 'machine' },
      }),
      jobs.enqueue(opening),
    ])
    return toSandbox(moved, now())
  },
})

const startable = ['absent', 'started', 'stopping', 'stopped', 'failed'] as const
