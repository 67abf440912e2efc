import * as z from 'zod/mini'
import { ProjectPath } from '../../../lib/contract/project.ts'
import { inKeptProject } from '../../../lib/entry/locate.ts'
import { operation, refuse } from '../../../lib/entry/operation.ts'

export const clearDeleted = operation({
  summary: 'Clear away a deleted project now, so that it cannot be brought back',
  path: ProjectPath,
  may: ['project.delete', inKeptProject],
  answers: [204, z.null()],
  refuses: ['conflict'],
  async run({ path: { projectId }, principal, standing: { organizationId }, requestId }, { deletions, jobs, audit }) {
    if (!(await deletions.giveUp(projectId))) return refuse('conflict', 'Delete the project first.')
    await Promise.all([
      audit.record({ organizationId, principal, action: 'project.clear', subject: projectId, requestId }),
      jobs.enqueue({ kind: 'delete-project', projectId, payload: { projectId }, key: `delete-project:${projectId}` }),
    ])
    return null
  },
})
