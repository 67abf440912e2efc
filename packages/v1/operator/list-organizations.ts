import { parseKeyset } from '../../../lib/contract/keyset.ts'
import { KnownOrganization, OrganizationSearch } from '../../../lib/contract/operator.ts'
import { pageOf } from '../../../lib/contract/page.ts'
import { refuse } from '../../../lib/entry/operation.ts'
import { operatorOperation } from '../../../lib/entry/operator-operation.ts'

export const listOrganizations = operatorOperation({
  summary: 'List the organizations of the installation, the newest first, for its operator',
  query: OrganizationSearch,
  answers: [200, pageOf(KnownOrganization)],
  refuses: ['invalid_request'],
  async run({ query: { after: said, ...query } }, { roster }) {
    const after = said === undefined ? undefined : parseKeyset(said, 'created')
    if (said !== undefined && !after) return refuse('invalid_request', 'This `after` was not given by the API.')
    return roster.organizations({ ...query, after })
  },
})
