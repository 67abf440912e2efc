import { Caps, ProjectLimits } from '../../../lib/contract/engine.ts'
import { WorkshopPath } from '../../../lib/contract/workshop.ts'
import { inProject } from '../../../lib/entry/locate.ts'
import { operation } from '../../../lib/entry/operation.ts'
import { projectLimits } from './project-limits.ts'

export const changeProjectLimits = operation({
  summary: 'Set what a run and a month of a project may cost; runs under way keep what was set aside for them',
  path: WorkshopPath,
  body: Caps,
  may: ['engine.change', inProject],
  answers: [200, ProjectLimits],
  async run({ path: { projectId }, body, principal, standing, requestId }, desk) {
    const { organizationId } = standing
    await Promise.all([
      desk.caps.set({ kind: 'project', id: projectId }, body),
      desk.audit.record({ organizationId, principal, action: 'project.limits', subject: projectId, requestId }),
    ])
    return projectLimits(desk, { projectId, principal, standing })
  },
})
