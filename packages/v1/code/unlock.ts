import * as z from 'zod/mini'
import { LockPath } from '../../../lib/contract/code.ts'
import { inProject } from '../../../lib/entry/locate.ts'
import { operation, refuse } from '../../../lib/entry/operation.ts'

export const unlockFile = operation({
  summary: 'Let runs change a file again',
  path: LockPath,
  may: ['lock.change', inProject],
  answers: [204, z.null()],
  refuses: ['not_found'],
  async run({ path: { projectId, path }, principal, standing, requestId }, { locks, audit }) {
    const { organizationId } = standing
    const [removed] = await Promise.all([
      locks.remove(projectId, path),
      audit.record({ organizationId, principal, action: 'file.unlock', subject: `${projectId}/${path}`, requestId }),
    ])
    return removed ? null : refuse('not_found')
  },
})
