import { parseKeyset } from '../../../lib/contract/keyset.ts'
import { KnownPerson, SearchQuery } from '../../../lib/contract/operator.ts'
import { pageOf } from '../../../lib/contract/page.ts'
import { refuse } from '../../../lib/entry/operation.ts'
import { operatorOperation } from '../../../lib/entry/operator-operation.ts'

export const listPeople = operatorOperation({
  summary: 'List the people of the installation, the newest first, for its operator',
  query: SearchQuery,
  answers: [200, pageOf(KnownPerson)],
  refuses: ['invalid_request'],
  async run({ query: { after: said, ...query } }, { roster }) {
    const after = said === undefined ? undefined : parseKeyset(said, 'created')
    if (said !== undefined && !after) return refuse('invalid_request', 'This `after` was not given by the API.')
    return roster.people({ ...query, after })
  },
})
