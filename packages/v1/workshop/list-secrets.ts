import { ProjectPath } from '../../../lib/contract/project.ts'
import { ProjectSecrets } from '../../../lib/contract/secret.ts'
import { inProject } from '../../../lib/entry/locate.ts'
import { readingOperation } from '../../../lib/entry/operation.ts'

export const listSecrets = readingOperation({
  summary: 'The names of the secrets of a project; their values are never given out',
  path: ProjectPath,
  may: ['secret.list', inProject],
  answers: [200, ProjectSecrets],
  run: async ({ path: { projectId } }, { secrets }) => ({ items: await secrets.list(projectId) }),
})
