import * as z from 'zod/mini'
import { personOf, sessionOf } from '../../../lib/domain/access.ts'
import { inOwnOrganization } from '../../../lib/entry/locate.ts'
import { operation } from '../../../lib/entry/operation.ts'

export const endOtherSessions = operation({
  summary: 'Sign out everywhere else than here',
  may: ['session.end', inOwnOrganization],
  answers: [204, z.null()],
  async run({ principal, standing: { organizationId }, requestId }, { sessions, audit }) {
    const userId = personOf(principal)
    const ended = await sessions.endOthers(userId, sessionOf(principal))
    const deed = { organizationId, principal, action: 'session.end', subject: userId, requestId } as const
    await audit.record({ ...deed, detail: { sessions: ended } })
    return null
  },
})
