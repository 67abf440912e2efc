import { Sessions } from '../../../lib/contract/sign-in.ts'
import { personOf, sessionOf } from '../../../lib/domain/access.ts'
import { inOwnOrganization } from '../../../lib/entry/locate.ts'
import { readingOperation } from '../../../lib/entry/operation.ts'

export const listSessions = readingOperation({
  summary: 'Where you are signed in',
  may: ['session.list', inOwnOrganization],
  answers: [200, Sessions],
  run: async ({ principal }, { sessions }) => ({
    items: await sessions.list(personOf(principal), sessionOf(principal)),
  }),
})
