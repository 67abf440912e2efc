import { Project, ProjectPath } from '../../../lib/contract/project.ts'
import { inKeptProject } from '../../../lib/entry/locate.ts'
import { operation, refuse } from '../../../lib/entry/operation.ts'
import { pictured } from '../../../lib/work/project-pictures.ts'

/** What was running when it was deleted stays stopped. */
export const undeleteProject = operation({
  summary: 'Bring back a project that was deleted within the last day',
  path: ProjectPath,
  may: ['project.delete', inKeptProject],
  answers: [200, Project],
  refuses: ['not_found'],
  async run({ path: { projectId }, principal, standing: { organizationId }, requestId }, { projects, objects, audit }) {
    const project = await projects.undelete(projectId)
    if (!project) return refuse('not_found')
    await audit.record({ organizationId, principal, action: 'project.undelete', subject: projectId, requestId })
    return pictured(objects, project)
  },
})
