import { Project, ProjectPath } from '../../../lib/contract/project.ts'
import { inProject } from '../../../lib/entry/locate.ts'
import { readingOperation, refuse } from '../../../lib/entry/operation.ts'
import { pictured } from '../../../lib/work/project-pictures.ts'

export const getProject = readingOperation({
  summary: 'Read a project',
  path: ProjectPath,
  may: ['project.read', inProject],
  answers: [200, Project],
  refuses: ['not_found'],
  async run({ path }, { projects, objects }) {
    const project = await projects.find(path.projectId)
    return project ? pictured(objects, project) : refuse('not_found')
  },
})
