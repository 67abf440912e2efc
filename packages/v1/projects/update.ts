import { Project, ProjectChange, ProjectPath } from '../../../lib/contract/project.ts'
import { inProject } from '../../../lib/entry/locate.ts'
import { operation, refuse } from '../../../lib/entry/operation.ts'

export const updateProject = operation({
  summary: 'Rename a project or change who may see it',
  path: ProjectPath,
  body: ProjectChange,
  may: ['project.update', inProject],
  answers: [200, Project],
  refuses: ['not_found'],
  async run({ path: { projectId }, body, principal, standing, requestId }, { projects, audit }) {
    const { organizationId } = standing
    const [project] = await Promise.all([
      projects.change(projectId, body),
      audit.record({ organizationId, principal, action: 'project.update', subject: projectId, requestId }),
    ])
    return project ?? refuse('not_found')
  },
})
