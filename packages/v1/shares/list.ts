import { Shares, SharesPath } from '../../../lib/contract/share.ts'
import { inProject } from '../../../lib/entry/locate.ts'
import { readingOperation } from '../../../lib/entry/operation.ts'

export const listShares = readingOperation({
  summary: 'The links that show the running app, and how often each was opened',
  path: SharesPath,
  may: ['share.list', inProject],
  answers: [200, Shares],
  run: async ({ path: { projectId } }, { shares }) => ({ items: await shares.list(projectId) }),
})
