import * as z from 'zod/mini'
import { OrganizationKeyPath } from '../../../lib/contract/api-key.ts'
import { personOf } from '../../../lib/domain/access.ts'
import { ofOrganization } from '../../../lib/entry/locate.ts'
import { operation, refuse } from '../../../lib/entry/operation.ts'

export const revokeOrganizationKey = operation({
  summary: 'End a key of an organization, whoever made it',
  path: OrganizationKeyPath,
  may: ['key.revoke', ofOrganization],
  answers: [204, z.null()],
  refuses: ['not_found'],
  async run({ path: { organizationId, keyId }, principal, requestId }, { apiKeys, audit }) {
    const [revoked] = await Promise.all([
      apiKeys.revoke({ userId: personOf(principal), organizationId }, keyId),
      audit.record({ organizationId, principal, action: 'key.revoke', subject: keyId, requestId }),
    ])
    return revoked ? null : refuse('not_found')
  },
})
