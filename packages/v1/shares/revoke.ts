import * as z from 'zod/mini'
import { SharePath } from '../../../lib/contract/share.ts'
import { inProject } from '../../../lib/entry/locate.ts'
import { operation, refuse } from '../../../lib/entry/operation.ts'

export const revokeShare = operation({
  summary: 'End a link, so that it leads nowhere from now on, and what it opened ends',
  path: SharePath,
  may: ['share.change', inProject],
  answers: [204, z.null()],
  refuses: ['not_found'],
  async run({ path: { projectId, shareId }, principal, standing, requestId }, { shares, audit, addressEndings }) {
    const { organizationId } = standing
    const subject = `${projectId}/${shareId}`
    const [revoked] = await Promise.all([
      shares.revoke(projectId, shareId),
      audit.record({ organizationId, principal, action: 'share.revoke', subject, requestId }),
      addressEndings.begin(),
    ])
    return revoked ? null : refuse('not_found')
  },
})
