import { MadeKey, OrganizationKeyPath, Rotation } from '../../../lib/contract/api-key.ts'
import { ofOrganization } from '../../../lib/entry/locate.ts'
import { waitingOperation } from '../../../lib/entry/operation.ts'
import { rotateKeyOf } from './rotate-key-of.ts'

export const rotateOrganizationKey = waitingOperation({
  summary: 'Put a new key in the place of one of an organization; it acts by your rights from then on',
  path: OrganizationKeyPath,
  body: Rotation,
  may: ['key.manage', ofOrganization],
  answers: [201, MadeKey],
  refuses: ['not_found'],
  run: (given, desk) => rotateKeyOf(given.path.organizationId, given, desk),
})
