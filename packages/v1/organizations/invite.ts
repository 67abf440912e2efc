import { OrganizationPath } from '../../../lib/contract/engine.ts'
import { newId } from '../../../lib/contract/ids.ts'
import { MadeInvitation, mostInvitations, NewInvitation } from '../../../lib/contract/organization.ts'
import { personOf } from '../../../lib/domain/access.ts'
import { ofOrganization } from '../../../lib/entry/locate.ts'
import { refuse, waitingOperation } from '../../../lib/entry/operation.ts'
import { digestOf, newLinkToken } from '../../../lib/work/link-token.ts'
import { mailInvitation } from '../../../lib/work/mail-invitation.ts'

/** Without an idempotency key: the answer may hold the token, and would be kept with it. */
export const invite = waitingOperation({
  summary: 'Invite one person by mail, or several by a link whose token is told this once',
  path: OrganizationPath,
  body: NewInvitation,
  may: ['invitation.change', ofOrganization],
  answers: [201, MadeInvitation],
  refuses: ['conflict'],
  async run({ path: { organizationId }, body, principal, requestId }, { within }) {
    const id = newId('invitation')
    const token = newLinkToken()
    const { email = null, ...rest } = body
    return within(async (stores) => {
      const { invitations, organizations, audit } = stores
      const [, made, organization] = await Promise.all([
        audit.record({ organizationId, principal, action: 'invitation.make', subject: id, requestId }),
        invitations.add({
          id,
          organizationId,
          digest: digestOf(token),
          createdBy: personOf(principal),
          email,
          ...rest,
        }),
        organizations.find(organizationId),
      ])
      if (organization?.kind !== 'team') return refuse('conflict', 'A personal workspace is one person’s.')
      if (!made) return refuse('conflict', `There are ${mostInvitations} invitations; more can be made in a day.`)
      if (email === null) return { ...made, token }
      await mailInvitation(stores, { made, email, token, to: organization.name, principal })
      return { ...made, token: null }
    })
  },
})
