import { GuestsPath, InvitedGuest, mostGuests, NewGuest } from '../../../lib/contract/guest.ts'
import { newId } from '../../../lib/contract/ids.ts'
import { personOf } from '../../../lib/domain/access.ts'
import { inProject } from '../../../lib/entry/locate.ts'
import { operation, refuse } from '../../../lib/entry/operation.ts'
import { digestOf, newLinkToken } from '../../../lib/work/link-token.ts'
import { mailInvitation } from '../../../lib/work/mail-invitation.ts'

/** The answer is the same whether or not somebody is known by that address. */
export const inviteGuest = operation({
  summary: 'Invite one person by mail to look at a project or to edit it, and nothing else of its organization',
  path: GuestsPath,
  body: NewGuest,
  may: ['guest.change', inProject],
  answers: [201, InvitedGuest],
  refuses: ['conflict', 'not_found'],
  async run({ path: { projectId }, body, principal, standing: { organizationId }, requestId }, stores) {
    const { guests, projects, audit } = stores
    const id = newId('invitation')
    const token = newLinkToken()
    const [made, project] = await Promise.all([
      guests.invite({
        id,
        organizationId,
        projectId,
        digest: digestOf(token),
        createdBy: personOf(principal),
        ...body,
      }),
      projects.find(projectId),
      audit.record({ organizationId, principal, action: 'guest.invite', subject: `${projectId}/${id}`, requestId }),
    ])
    if (!project) return refuse('not_found')
    if (!made) return refuse('conflict', `A project has at most ${mostGuests} guests; more can be invited in a day.`)
    await mailInvitation(stores, { made, email: made.email, token, to: project.name, principal })
    return made
  },
})
