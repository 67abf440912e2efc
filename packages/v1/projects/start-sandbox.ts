import { ProjectPath } from '../../../lib/contract/project.ts'
import { Sandbox } from '../../../lib/contract/sandbox.ts'
import { inProject } from '../../../lib/entry/locate.ts'
import { operation, refuse } from '../../../lib/entry/operation.ts'
import { toSandbox } from '../../../lib/domain/sandbox.ts'
import { wakeSandbox } from '../../../lib/work/wake-sandbox.ts'

export const startSandbox = operation({
  summary: 'Start the sandbox so that it previews the current version',
  path: ProjectPath,
  may: ['sandbox.control', inProject],
  answers: [202, Sandbox],
  refuses: ['payment_required', 'too_many_sandboxes'],
  async run({ path: { projectId }, standing, principal, requestId }, desk) {
    const { organizationId, limits } = standing
    const started = { organizationId, principal, action: 'sandbox.start', subject: projectId, requestId } as const
    const known = await wakeSandbox(desk, { projectId, limits, record: () => desk.audit.record(started) })
    if (known && 'objection' in known) return refuse(known.objection, known.detail, known.headers)
    return toSandbox(known, desk.now())
  },
})
