import { ApiKeys } from '../../../lib/contract/api-key.ts'
import { keyScopes, personOf } from '../../../lib/domain/access.ts'
import { inOwnOrganization } from '../../../lib/entry/locate.ts'
import { readingOperation } from '../../../lib/entry/operation.ts'

export const listKeys = readingOperation({
  summary: 'Your keys that still open something, and what a key may be made for',
  may: ['key.list', inOwnOrganization],
  answers: [200, ApiKeys],
  run: async ({ principal }, { apiKeys }) => ({
    items: await apiKeys.list({ userId: personOf(principal), organizationId: null }),
    scopes: keyScopes,
  }),
})
