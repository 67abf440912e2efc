import * as z from 'zod/mini'
import { InvitationPath } from '../../../lib/contract/organization.ts'
import { ofOrganization } from '../../../lib/entry/locate.ts'
import { operation, refuse } from '../../../lib/entry/operation.ts'

export const revokeInvitation = operation({
  summary: 'End an invitation, so that nobody comes by it from now on',
  path: InvitationPath,
  may: ['invitation.change', ofOrganization],
  answers: [204, z.null()],
  refuses: ['not_found'],
  async run({ path: { organizationId, invitationId }, principal, requestId }, { invitations, audit }) {
    const [, revoked] = await Promise.all([
      audit.record({ organizationId, principal, action: 'invitation.revoke', subject: invitationId, requestId }),
      invitations.revoke(organizationId, invitationId),
    ])
    return revoked ? null : refuse('not_found')
  },
})
