import { Generation } from '../../../lib/contract/generation.ts'
import { GenerationId } from '../../../lib/contract/ids.ts'
import { PageQuery, pageOf } from '../../../lib/contract/page.ts'
import { ProjectPath } from '../../../lib/contract/project.ts'
import { inProject } from '../../../lib/entry/locate.ts'
import { readingOperation, refuse } from '../../../lib/entry/operation.ts'

export const listGenerations = readingOperation({
  summary: 'List the generations of a project, newest first',
  path: ProjectPath,
  query: PageQuery,
  may: ['project.read', inProject],
  answers: [200, pageOf(Generation)],
  refuses: ['invalid_request'],
  async run({ path, query: { after, limit } }, { generations }) {
    if (after !== undefined && !GenerationId.safeParse(after).success) {
      return refuse('invalid_request', 'This `after` was not given by the API.')
    }
    return generations.list(path.projectId, { after: after ?? null, limit })
  },
})
