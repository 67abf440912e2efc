import { Generation } from '../../../lib/contract/generation.ts'
import { PageQuery, pageOf } from '../../../lib/contract/page.ts'
import { ProjectPath } from '../../../lib/contract/project.ts'
import { inProject } from '../../../lib/entry/locate.ts'
import { operation } from '../../../lib/entry/operation.ts'

export const listGenerations = operation({
  summary: 'List the generations of a project, newest first',
  path: ProjectPath,
  query: PageQuery,
  may: ['project.read', inProject],
  answers: [200, pageOf(Generation)],
  async run({ path, query: { after, limit } }, { generations }) {
    return generations.list(path.projectId, { after: after ?? null, limit })
  },
})
