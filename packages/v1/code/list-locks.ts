import { CodePath, FileLocks } from '../../../lib/contract/code.ts'
import { inProject } from '../../../lib/entry/locate.ts'
import { readingOperation } from '../../../lib/entry/operation.ts'

export const listLocks = readingOperation({
  summary: 'The files of a project that no run may change',
  path: CodePath,
  may: ['project.read', inProject],
  answers: [200, FileLocks],
  run: async ({ path: { projectId } }, { locks }) => ({ items: await locks.list(projectId) }),
})
