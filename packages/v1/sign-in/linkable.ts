import type { SessionId, UserId } from '../../../lib/contract/ids.ts'
import type { Principal } from '../../../lib/domain/access.ts'

/** Who signed in by an account of their own, in a session that can be ended; undefined for everybody else. */
export function linkable(principal: Principal | undefined): { userId: UserId; sessionId: SessionId } | undefined {
  if (principal?.kind !== 'user' || !principal.signIn || principal.signIn.company) return undefined
  const { sessionId } = principal.signIn
  return sessionId ? { userId: principal.userId, sessionId } : undefined
}

export const notLinkable =
  'Only a sign-in of your own can be linked: not that of a company, and not one without a session.'
