import { OrganizationPath } from '../../../lib/contract/engine.ts'
import { newId } from '../../../lib/contract/ids.ts'
import { MadeInvitation, mostInvitations, NewInvitation, type Invitation } from '../../../lib/contract/organization.ts'
import { personOf, type Principal } from '../../../lib/domain/access.ts'
import { ofOrganization } from '../../../lib/entry/locate.ts'
import { refuse, waitingOperation } from '../../../lib/entry/operation.ts'
import type { Stores } from '../../../lib/store/stores.ts'
import { digestOf, newLinkToken } from '../../../lib/work/link-token.ts'

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
      await mail(stores, { made, email, token, organization: organization.name, principal })
      return { ...made, token: null }
    })
  },
})

interface Letter {
  made: Invitation
  email: string
  token: string
  organization: string
  principal: Principal
}

async function mail({ people, notices }: Stores, { made, email, token, organization, principal }: Letter) {
  const person = await people.find(personOf(principal))
  const by = person?.name ?? person?.email ?? organization
  const words = { organization, by, path: `/join/${token}`, until: made.expiresAt }
  await notices.send({ to: email, kind: 'invitation', words, key: `invitation:${made.id}` })
}
