import * as z from 'zod/mini'
import { KeyPath } from '../../../lib/contract/api-key.ts'
import { personOf } from '../../../lib/domain/access.ts'
import { inOwnOrganization } from '../../../lib/entry/locate.ts'
import { operation, refuse } from '../../../lib/entry/operation.ts'

/** Without a fresh sign-in: a key that strayed is ended at once. */
export const revokeKey = operation({
  summary: 'End one of your keys, so that it opens nothing from the next request on',
  path: KeyPath,
  may: ['key.revoke', inOwnOrganization],
  answers: [204, z.null()],
  refuses: ['not_found'],
  async run({ path: { keyId }, principal, standing: { organizationId }, requestId }, { apiKeys, audit }) {
    const [revoked] = await Promise.all([
      apiKeys.revoke({ userId: personOf(principal), organizationId: null }, keyId),
      audit.record({ organizationId, principal, action: 'key.revoke', subject: keyId, requestId }),
    ])
    return revoked ? null : refuse('not_found')
  },
})
