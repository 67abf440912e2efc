import { newId } from '../../../lib/contract/ids.ts'
import { MadeShare, mostShares, NewShare, SharesPath } from '../../../lib/contract/share.ts'
import { personOf } from '../../../lib/domain/access.ts'
import { inProject } from '../../../lib/entry/locate.ts'
import { refuse, waitingOperation } from '../../../lib/entry/operation.ts'
import { digestOf, newLinkToken } from '../../../lib/work/link-token.ts'

/** Without an idempotency key: the answer holds the token, and would be kept with it. Done again it makes one more link. */
export const makeShare = waitingOperation({
  summary: 'Make a link that shows the running app; its token is told this once',
  path: SharesPath,
  body: NewShare,
  may: ['share.change', inProject],
  answers: [201, MadeShare],
  refuses: ['invalid_request'],
  async run({ path: { projectId }, body: { hours }, principal, standing, requestId }, { within }) {
    const { organizationId } = standing
    const id = newId('share')
    const token = newLinkToken()
    return within(async ({ shares, audit }) => {
      const [made] = await Promise.all([
        shares.add({ id, projectId, digest: digestOf(token), createdBy: personOf(principal), hours }),
        audit.record({ organizationId, principal, action: 'share.make', subject: `${projectId}/${id}`, requestId }),
      ])
      if (!made) return refuse('invalid_request', `A project has at most ${mostShares} links at a time.`)
      return { ...made, token }
    })
  },
})
