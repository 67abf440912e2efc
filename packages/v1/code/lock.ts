import { FileLock, LockPath, mostLocks } from '../../../lib/contract/code.ts'
import { personOf } from '../../../lib/domain/access.ts'
import { inProject } from '../../../lib/entry/locate.ts'
import { operation, refuse } from '../../../lib/entry/operation.ts'

export const lockFile = operation({
  summary: 'Lock a file, so that no run from the next on may change it',
  path: LockPath,
  may: ['lock.change', inProject],
  answers: [200, FileLock],
  refuses: ['invalid_request'],
  async run({ path: { projectId, path }, principal, standing, requestId }, { locks, audit }) {
    const { organizationId } = standing
    const [lock] = await Promise.all([
      locks.add(projectId, path, personOf(principal)),
      audit.record({ organizationId, principal, action: 'file.lock', subject: `${projectId}/${path}`, requestId }),
    ])
    return lock ?? refuse('invalid_request', `A project has at most ${mostLocks} locked files.`)
  },
})
