import { Generation, GenerationQuery } from '../../../lib/contract/generation.ts'
import { GenerationId } from '../../../lib/contract/ids.ts'
import { pageOf } from '../../../lib/contract/page.ts'
import { ProjectPath } from '../../../lib/contract/project.ts'
import { inProject } from '../../../lib/entry/locate.ts'
import { readingOperation, refuse } from '../../../lib/entry/operation.ts'

export const listGenerations = readingOperation({
  summary: 'List the generations of a project, newest first, from a number or an instant on',
  path: ProjectPath,
  query: GenerationQuery,
  may: ['project.read', inProject],
  answers: [200, pageOf(Generation)],
  refuses: ['invalid_request'],
  async run({ path, query: { after, upTo, until, q, limit } }, { generations }) {
    if (after !== undefined && !GenerationId.safeParse(after).success) {
      return refuse('invalid_request', 'This `after` was not given by the API.')
    }
    const from = { after: after ?? null, upTo: upTo ?? null, until: until ?? null }
    return generations.list(path.projectId, { ...from, q: q ?? null, limit })
  },
})
