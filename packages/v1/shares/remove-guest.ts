import * as z from 'zod/mini'
import { GuestPath } from '../../../lib/contract/guest.ts'
import { inProject } from '../../../lib/entry/locate.ts'
import { operation, refuse } from '../../../lib/entry/operation.ts'

export const removeGuest = operation({
  summary: 'A guest sees nothing of the project from the next request on',
  path: GuestPath,
  may: ['guest.change', inProject],
  answers: [204, z.null()],
  refuses: ['not_found'],
  async run({ path: { projectId, userId }, principal, standing, requestId }, { guests, audit, addressEndings }) {
    const { organizationId } = standing
    const subject = `${projectId}/${userId}`
    const [removed] = await Promise.all([
      guests.remove(projectId, userId),
      audit.record({ organizationId, principal, action: 'guest.remove', subject, requestId }),
      addressEndings.begin(),
    ])
    return removed ? null : refuse('not_found')
  },
})
