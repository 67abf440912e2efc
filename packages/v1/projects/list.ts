import { parseKeyset } from '../../../lib/contract/keyset.ts'
import { pageOf } from '../../../lib/contract/page.ts'
import { Project, ProjectQuery } from '../../../lib/contract/project.ts'
import { inOrganization } from '../../../lib/entry/locate.ts'
import { operation, refuse } from '../../../lib/entry/operation.ts'

export const listProjects = operation({
  summary: 'List the projects of an organization, the last changed first',
  query: ProjectQuery,
  may: ['project.list', inOrganization],
  answers: [200, pageOf(Project)],
  refuses: ['invalid_request'],
  async run({ query, standing }, { projects }) {
    const after = query.after === undefined ? undefined : parseKeyset(query.after)
    if (query.after !== undefined && !after) return refuse('invalid_request', 'This `after` was not given by the API.')
    return projects.list({ organizationId: standing.organizationId, after, limit: query.limit })
  },
})
