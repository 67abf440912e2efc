import { JoinPath, Joined } from '../../../lib/contract/organization.ts'
import { tierTable } from '../../../lib/domain/tiers.ts'
import { inOwnOrganization } from '../../../lib/entry/locate.ts'
import { operation, refuse } from '../../../lib/entry/operation.ts'
import { digestOf } from '../../../lib/work/link-token.ts'

export const acceptInvitation = operation({
  summary: 'Accept an invitation: you are a member, or the guest of one project, from then on',
  path: JoinPath,
  may: ['invitation.accept', inOwnOrganization],
  answers: [200, Joined],
  refuses: ['not_found', 'forbidden', 'payment_required'],
  async run({ path: { token }, principal, requestId }, { invitations, audit }) {
    const digest = digestOf(token)
    const opened = await invitations.open(digest)
    const accepted = await invitations.accept(digest, opened ? tierTable[opened.tier].perSeat : false)
    switch (accepted.outcome) {
      case 'over':
        return refuse('not_found')
      case 'not_for_you':
        return refuse(
          'forbidden',
          'This invitation is for another mail address than yours, or yours is not verified yet.',
        )
      case 'full':
        return refuse('payment_required', 'Every seat of this organization is taken. Its owner can add one.')
      case 'member':
        return { organizationId: accepted.organizationId, projectId: accepted.projectId, already: true }
    }
    const { organizationId, projectId, role, id } = accepted
    await audit.record({ organizationId, principal, action: `invitation.accept.${role}`, subject: id, requestId })
    return { organizationId, projectId, already: false }
  },
})
