import * as z from 'zod/mini'
import { SessionPath } from '../../../lib/contract/sign-in.ts'
import { personOf, sessionOf } from '../../../lib/domain/access.ts'
import { inOwnOrganization } from '../../../lib/entry/locate.ts'
import { operation, refuse } from '../../../lib/entry/operation.ts'

/** Without a fresh sign-in: who finds a stranger in the list is rid of them at once. */
export const endSession = operation({
  summary: 'Sign out where you are signed in; whatever comes from there is refused from the next request on',
  path: SessionPath,
  may: ['session.end', inOwnOrganization],
  answers: [204, z.null()],
  refuses: ['not_found'],
  async run({ path, principal, standing: { organizationId }, requestId }, { sessions, audit }) {
    const sessionId = path.sessionId === 'current' ? sessionOf(principal) : path.sessionId
    if (!sessionId || !(await sessions.end(personOf(principal), sessionId))) return refuse('not_found')
    await audit.record({ organizationId, principal, action: 'session.end', subject: sessionId, requestId })
    return null
  },
})
