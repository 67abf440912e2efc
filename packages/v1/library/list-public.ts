import { parseKeyset } from '../../../lib/contract/keyset.ts'
import { PublicProject, PublicQuery } from '../../../lib/contract/library.ts'
import { pageOf } from '../../../lib/contract/page.ts'
import { publicOperation, refuse } from '../../../lib/entry/operation.ts'
import { pictured } from '../../../lib/work/project-pictures.ts'

export const listPublic = publicOperation({
  summary: 'List the projects that their owners show to everybody',
  query: PublicQuery,
  answers: [200, pageOf(PublicProject)],
  refuses: ['invalid_request'],
  freshSeconds: 60,
  async run({ query: { sort, project, limit, after: said } }, { remixes, objects }) {
    const after = said === undefined ? undefined : parseKeyset(said, sort)
    if (said !== undefined && !after) return refuse('invalid_request', 'This `after` was not given by the API.')
    const { items, next } = await remixes.listPublic({ sort, project, limit, after })
    return { items: await Promise.all(items.map((project) => pictured(objects, project))), next }
  },
})
