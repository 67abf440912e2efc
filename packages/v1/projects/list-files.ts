import { pageOf } from '../../../lib/contract/page.ts'
import { FileEntry, FileQuery, VersionPath } from '../../../lib/contract/version.ts'
import { inProject } from '../../../lib/entry/locate.ts'
import { refuse, waitingOperation } from '../../../lib/entry/operation.ts'
import { filesOf } from '../../../lib/work/stored-files.ts'

export const listFiles = waitingOperation({
  summary: 'List the files of a version by path',
  path: VersionPath,
  query: FileQuery,
  may: ['project.read', inProject],
  answers: [200, pageOf(FileEntry)],
  refuses: ['not_found'],
  async run({ path: { projectId, versionId }, query: { after = '', limit } }, { within, objects }) {
    const version = await within(({ versions }) => versions.find(projectId, versionId))
    if (!version) return refuse('not_found')
    const left = (await filesOf(objects, version)).filter(({ path }) => path > after)
    const items = left.slice(0, limit)
    return { items, next: left.length > limit ? (items.at(-1)?.path ?? null) : null }
  },
})
