import { ApiKeys, OrganizationKeysPath } from '../../../lib/contract/api-key.ts'
import { keyScopes, personOf } from '../../../lib/domain/access.ts'
import { ofOrganization } from '../../../lib/entry/locate.ts'
import { readingOperation } from '../../../lib/entry/operation.ts'

export const listOrganizationKeys = readingOperation({
  summary: 'The keys of an organization that still open something, whoever made them',
  path: OrganizationKeysPath,
  may: ['key.list', ofOrganization],
  answers: [200, ApiKeys],
  run: async ({ path: { organizationId }, principal }, { apiKeys }) => ({
    items: await apiKeys.list({ userId: personOf(principal), organizationId }),
    scopes: keyScopes,
  }),
})
