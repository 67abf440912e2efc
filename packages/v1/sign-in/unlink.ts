import * as z from 'zod/mini'
import { IdentityPath } from '../../../lib/contract/identity.ts'
import { inOwnOrganization } from '../../../lib/entry/locate.ts'
import { operation, refuse } from '../../../lib/entry/operation.ts'
import { linkable, notLinkable } from './linkable.ts'
import { tellUnlinked } from './tell-linked.ts'

export const unlink = operation({
  summary: 'Take away an account that you sign in by; whoever is signed in by it is out with the next request',
  path: IdentityPath,
  may: ['identity.unlink', inOwnOrganization],
  answers: [204, z.null()],
  refuses: ['not_found', 'conflict'],
  async run({ path: { identityId }, principal, standing: { organizationId }, requestId }, desk) {
    const { identities, notices, audit } = desk
    const mine = linkable(principal)
    if (!mine) return refuse('conflict', notLinkable)
    const unlinked = await identities.unlink(identityId, mine.sessionId)
    if (unlinked.outcome === 'unknown') return refuse('not_found')
    if (unlinked.outcome === 'current') return refuse('conflict', byAnother)
    await audit.record({ organizationId, principal, action: 'identity.unlink', subject: identityId, requestId })
    await tellUnlinked(notices, { ...unlinked, requestId })
    return null
  },
})

/** So that nobody is left with an account that they cannot come to. */
const byAnother = 'You came by this one. Sign in by one that is to stay, and take it away from there.'
