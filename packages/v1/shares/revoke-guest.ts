import * as z from 'zod/mini'
import { GuestInvitationPath } from '../../../lib/contract/guest.ts'
import { inProject } from '../../../lib/entry/locate.ts'
import { operation, refuse } from '../../../lib/entry/operation.ts'

export const revokeGuest = operation({
  summary: 'Take back the invitation of somebody who has not come to a project yet',
  path: GuestInvitationPath,
  may: ['guest.change', inProject],
  answers: [204, z.null()],
  refuses: ['not_found'],
  async run({ path: { projectId, invitationId }, principal, standing, requestId }, { guests, audit }) {
    const { organizationId } = standing
    const subject = `${projectId}/${invitationId}`
    const [revoked] = await Promise.all([
      guests.revoke(projectId, invitationId),
      audit.record({ organizationId, principal, action: 'guest.revoke', subject, requestId }),
    ])
    return revoked ? null : refuse('not_found')
  },
})
