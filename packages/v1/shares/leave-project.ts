import * as z from 'zod/mini'
import { GuestsPath } from '../../../lib/contract/guest.ts'
import { personOf } from '../../../lib/domain/access.ts'
import { inProject } from '../../../lib/entry/locate.ts'
import { operation, refuse } from '../../../lib/entry/operation.ts'

export const leaveProject = operation({
  summary: 'Be a guest of a project no longer',
  path: GuestsPath,
  may: ['guest.leave', inProject],
  answers: [204, z.null()],
  refuses: ['not_found'],
  async run({ path: { projectId }, principal, standing, requestId }, { guests, audit, addressEndings }) {
    const { organizationId } = standing
    const userId = personOf(principal)
    const subject = `${projectId}/${userId}`
    // A reader of a public project is no guest, and may write nothing down here; nor may a guest who is gone.
    if (!(await guests.isGuest(projectId, userId))) return refuse('not_found')
    await audit.record({ organizationId, principal, action: 'guest.leave', subject, requestId })
    await guests.remove(projectId, userId)
    await addressEndings.begin()
    return null
  },
})
