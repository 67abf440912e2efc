import * as z from 'zod/mini'
import { ProjectPath } from '../../../lib/contract/project.ts'
import { inProject } from '../../../lib/entry/locate.ts'
import { operation, refuse } from '../../../lib/entry/operation.ts'

export const deleteProject = operation({
  summary: 'Delete a project with its sandbox and everything stored for it',
  path: ProjectPath,
  may: ['project.delete', inProject],
  answers: [204, z.null()],
  refuses: ['not_found'],
  async run({ path: { projectId }, principal, standing, requestId }, { projects, ledger, audit, jobs }) {
    const { organizationId } = standing
    const [deleted] = await Promise.all([
      projects.markDeleted(projectId),
      audit.record({ organizationId, principal, action: 'project.delete', subject: projectId, requestId }),
      jobs.enqueue({ kind: 'delete-project', projectId, payload: { projectId }, key: `delete-project:${projectId}` }),
    ])
    if (!deleted) return refuse('not_found')
    const { activeGenerationId: id } = deleted
    const cancelled = { state: 'cancelled', attempt: null, failure: null, answer: null, versionId: null } as const
    // Its place goes to the next who waits.
    if (id) await Promise.all([ledger.end({ projectId, id, ...cancelled }), jobs.startNext()])
    return null
  },
})
