import { Project, ProjectPath } from '../../../lib/contract/project.ts'
import { keepSeconds } from '../../../lib/domain/run.ts'
import { inKeptProject } from '../../../lib/entry/locate.ts'
import { operation, refuse } from '../../../lib/entry/operation.ts'
import { pictured } from '../../../lib/work/project-pictures.ts'

/** What was running when it was deleted stays stopped; what it had made by then is kept as a stopped run's is. */
export const undeleteProject = operation({
  summary: 'Bring back a project that was deleted within the last day',
  path: ProjectPath,
  may: ['project.delete', inKeptProject],
  answers: [200, Project],
  refuses: ['not_found'],
  async run({ path: { projectId }, principal, standing: { organizationId }, requestId }, desk) {
    const { projects, objects, audit, keeping, jobs } = desk
    const project = await projects.undelete(projectId)
    if (!project) return refuse('not_found')
    await audit.record({ organizationId, principal, action: 'project.undelete', subject: projectId, requestId })
    const generationId = await keeping.renew(projectId, keepSeconds)
    if (generationId) await jobs.enqueue({ kind: 'stop-generation', projectId, payload: { generationId } })
    return pictured(objects, project)
  },
})
