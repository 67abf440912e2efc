import { pageOf, PageQuery } from '../../../lib/contract/page.ts'
import { ProjectPath } from '../../../lib/contract/project.ts'
import { Version } from '../../../lib/contract/version.ts'
import { inProject } from '../../../lib/entry/locate.ts'
import { readingOperation, refuse } from '../../../lib/entry/operation.ts'
import { withPicture } from '../../../lib/work/pictures.ts'

export const listVersions = readingOperation({
  summary: 'List the versions of a project, the newest first',
  path: ProjectPath,
  query: PageQuery,
  may: ['project.read', inProject],
  answers: [200, pageOf(Version)],
  refuses: ['invalid_request'],
  async run({ path, query: { after, limit } }, { versions, objects }) {
    if (after !== undefined && !/^\d{1,9}$/.test(after)) {
      return refuse('invalid_request', 'This `after` was not given by the API.')
    }
    const { items, next } = await versions.list(path.projectId, after === undefined ? undefined : Number(after), limit)
    return { items: await Promise.all(items.map((version) => withPicture(objects, version))), next }
  },
})
