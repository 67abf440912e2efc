import { newId } from '../../../lib/contract/ids.ts'
import { NewProject, Project } from '../../../lib/contract/project.ts'
import { personOf } from '../../../lib/domain/access.ts'
import { nameFromPrompt, unnamed } from '../../../lib/domain/project.ts'
import { screenText } from '../../../lib/domain/screening.ts'
import { inOrganization } from '../../../lib/entry/locate.ts'
import { operation } from '../../../lib/entry/operation.ts'

export const createProject = operation({
  summary: 'Open a new project',
  body: NewProject,
  may: ['project.create', inOrganization],
  answers: [201, Project],
  async run({ body, principal, standing, requestId }, { projects, audit }) {
    const { name, prompt, template, visibility } = body
    const { organizationId } = standing
    const id = newId('project')
    const [project] = await Promise.all([
      projects.create({
        id,
        organizationId,
        createdBy: personOf(principal),
        name: name ?? (prompt ? nameFromPrompt(screenText(prompt).text) : unnamed),
        template,
        visibility,
      }),
      audit.record({ organizationId, principal, action: 'project.create', subject: id, requestId }),
    ])
    return project
  },
})
