import { MadeKey, NewKey, OrganizationKeysPath } from '../../../lib/contract/api-key.ts'
import { ofOrganization } from '../../../lib/entry/locate.ts'
import { waitingOperation } from '../../../lib/entry/operation.ts'
import { makeKeyFor } from './make-key-for.ts'

export const makeOrganizationKey = waitingOperation({
  summary: 'Make a key that acts in one organization, by your rights there; it is told this once',
  path: OrganizationKeysPath,
  body: NewKey,
  may: ['key.manage', ofOrganization],
  answers: [201, MadeKey],
  refuses: ['invalid_request'],
  run: (given, desk) => makeKeyFor(given.path.organizationId, given, desk),
})
