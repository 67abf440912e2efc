import { ProjectPath } from '../../../lib/contract/project.ts'
import { Sandbox } from '../../../lib/contract/sandbox.ts'
import { inProject } from '../../../lib/entry/locate.ts'
import { operation } from '../../../lib/entry/operation.ts'
import { toSandbox } from '../../../lib/domain/sandbox.ts'
import { wakeSandbox } from '../../../lib/work/wake-sandbox.ts'

export const startSandbox = operation({
  summary: 'Start the sandbox so that it previews the current version',
  path: ProjectPath,
  may: ['sandbox.control', inProject],
  answers: [202, Sandbox],
  async run({ path: { projectId }, standing, principal, requestId }, { sandboxes, events, jobs, now, audit }) {
    const { organizationId } = standing
    const started = { organizationId, principal, action: 'sandbox.start', subject: projectId, requestId } as const
    const known = await wakeSandbox(projectId, { sandboxes, events, jobs, now }, () => audit.record(started))
    return toSandbox(known, now())
  },
})
