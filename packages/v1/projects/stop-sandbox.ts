import { ProjectPath } from '../../../lib/contract/project.ts'
import { Sandbox } from '../../../lib/contract/sandbox.ts'
import { inProject } from '../../../lib/entry/locate.ts'
import { operation, refuse } from '../../../lib/entry/operation.ts'
import { toSandbox } from '../../../lib/domain/sandbox.ts'

export const stopSandbox = operation({
  summary: 'Stop the sandbox; what it shows is stored and can be started again',
  path: ProjectPath,
  may: ['sandbox.control', inProject],
  answers: [202, Sandbox],
  refuses: ['generation_active'],
  async run(
    { path: { projectId }, standing, principal, requestId },
    { projects, sandboxes, events, jobs, now, audit },
  ) {
    const [project, found] = await Promise.all([projects.find(projectId), sandboxes.find(projectId)])
    if (project?.activeGenerationId) return refuse('generation_active', 'Stop the generation first.')
    const moved = found && (await sandboxes.move(projectId, 'stopping', stoppable))
    if (!moved) return toSandbox(found, now())
    await Promise.all([
      audit.record({
        organizationId: standing.organizationId,
        principal,
        action: 'sandbox.stop',
        subject: projectId,
        requestId,
      }),
      events.append(projectId, { type: 'sandbox:status', data: { state: 'stopping', problem: null } }),
      jobs.enqueue({ kind: 'stop-sandbox', projectId, payload: { projectId }, key: `stop-sandbox:${projectId}` }),
    ])
    return toSandbox(moved, now())
  },
})

const stoppable = ['starting', 'started', 'failed'] as const
