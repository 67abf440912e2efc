import * as z from 'zod/mini'
import { GuestChange, GuestPath } from '../../../lib/contract/guest.ts'
import { inProject } from '../../../lib/entry/locate.ts'
import { operation, refuse } from '../../../lib/entry/operation.ts'

export const setGuestRole = operation({
  summary: 'Say whether a guest looks at a project or edits it',
  path: GuestPath,
  body: GuestChange,
  may: ['guest.change', inProject],
  answers: [204, z.null()],
  refuses: ['not_found'],
  async run({ path, body: { role }, principal, standing: { organizationId }, requestId }, { guests, audit }) {
    const { projectId, userId } = path
    const subject = `${projectId}/${userId}`
    const [changed] = await Promise.all([
      guests.setRole(projectId, userId, role),
      audit.record({ organizationId, principal, action: `guest.role.${role}`, subject, requestId }),
    ])
    return changed ? null : refuse('not_found')
  },
})
