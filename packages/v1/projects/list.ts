import { parseKeyset } from '../../../lib/contract/keyset.ts'
import { pageOf } from '../../../lib/contract/page.ts'
import { Project, ProjectQuery } from '../../../lib/contract/project.ts'
import { inOrganization } from '../../../lib/entry/locate.ts'
import { operation, refuse } from '../../../lib/entry/operation.ts'
import { pictured } from '../../../lib/work/project-pictures.ts'

export const listProjects = operation({
  summary: 'List the projects of an organization, by default the last changed first',
  query: ProjectQuery,
  may: ['project.list', inOrganization],
  answers: [200, pageOf(Project)],
  refuses: ['invalid_request'],
  async run({ query, standing: { organizationId } }, { projects, objects }) {
    const after = query.after === undefined ? undefined : parseKeyset(query.after, query.sort)
    if (query.after !== undefined && !after) return refuse('invalid_request', 'This `after` was not given by the API.')
    const { items, next } = await projects.list({ ...query, organizationId, after })
    return { items: await Promise.all(items.map((project) => pictured(objects, project))), next }
  },
})
