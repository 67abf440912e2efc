import { randomBytes } from 'node:crypto'
import { newId } from '../../../lib/contract/ids.ts'
import { MadeShare, mostShares, NewShare, SharesPath } from '../../../lib/contract/share.ts'
import { personOf } from '../../../lib/domain/access.ts'
import { inProject } from '../../../lib/entry/locate.ts'
import { operation, refuse } from '../../../lib/entry/operation.ts'
import { digestOf } from './token.ts'

export const makeShare = operation({
  summary: 'Make a link that shows the running app; its token is told this once',
  path: SharesPath,
  body: NewShare,
  may: ['share.change', inProject],
  answers: [201, MadeShare],
  refuses: ['invalid_request'],
  async run({ path: { projectId }, body: { hours }, principal, standing, requestId }, { shares, audit }) {
    const { organizationId } = standing
    const id = newId('share')
    const token = randomBytes(32).toString('base64url')
    const [made] = await Promise.all([
      shares.add({ id, projectId, digest: digestOf(token), createdBy: personOf(principal), hours }),
      audit.record({ organizationId, principal, action: 'share.make', subject: `${projectId}/${id}`, requestId }),
    ])
    return made ? { ...made, token } : refuse('invalid_request', `A project has at most ${mostShares} links at a time.`)
  },
})
