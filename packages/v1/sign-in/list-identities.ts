import { Identities } from '../../../lib/contract/identity.ts'
import { personOf, sessionOf } from '../../../lib/domain/access.ts'
import { inOwnOrganization } from '../../../lib/entry/locate.ts'
import { readingOperation } from '../../../lib/entry/operation.ts'

export const listIdentities = readingOperation({
  summary: 'The accounts that you sign in by',
  may: ['identity.list', inOwnOrganization],
  answers: [200, Identities],
  run: async ({ principal }, { identities }) => ({
    items: await identities.list(personOf(principal), sessionOf(principal)),
  }),
})
