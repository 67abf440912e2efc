import * as z from 'zod/mini'
import { personOf } from '../../../lib/domain/access.ts'
import { inOwnOrganization } from '../../../lib/entry/locate.ts'
import { operation, refuse } from '../../../lib/entry/operation.ts'

export const askExport = operation({
  summary: 'Have all that is held about you put into archives; you are told by mail when they are there',
  may: ['account.export', inOwnOrganization],
  answers: [204, z.null()],
  refuses: ['conflict'],
  async run({ principal, standing: { organizationId }, requestId }, { exports, audit }) {
    const subject = personOf(principal)
    const [asked] = await Promise.all([
      exports.ask(),
      audit.record({ organizationId, principal, action: 'account.export', subject, requestId }),
    ])
    return asked ? null : refuse('conflict', 'One is being written already.')
  },
})
