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
  async run({ path: { projectId }, standing }, { sandboxes, events, jobs, now }) {
    const found = await sandboxes.find(projectId)
    // Started and reachable stays as it is; started with addresses that ran out is opened again for new ones.
    const usable = found && openAddress(found, found.previewUrl, now()) !== null
    const moved = usable ? undefined : await sandboxes.move(projectId, 'starting', startable)
    if (!moved) {
      const [row] = await Promise.all([sandboxes.find(projectId), sandboxes.touch(projectId)])
      return toSandbox(row, standing.tier, now())
    }
    await Promise.all([
      events.append(projectId, { type: 'sandbox:status', data: { state: 'starting', problem: null } }),
      jobs.enqueue({ kind: 'open-sandbox', projectId, payload: { projectId }, key: `open-sandbox:${projectId}` }),
    ])
    return toSandbox(moved, standing.tier, now())
  },
})

const startable = ['absent', 'started', 'stopping', 'stopped', 'failed'] as const
