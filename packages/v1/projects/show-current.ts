import { ProjectPath } from '../../../lib/contract/project.ts'
import { CurrentVersion } from '../../../lib/contract/version.ts'
import { inProject } from '../../../lib/entry/locate.ts'
import { waitingOperation } from '../../../lib/entry/operation.ts'
import { filesOf } from '../../../lib/work/stored-files.ts'

export const showCurrent = waitingOperation({
  summary: 'The current version of a project and its files',
  path: ProjectPath,
  may: ['blob.read', inProject],
  answers: [200, CurrentVersion],
  async run({ path: { projectId } }, { within, objects }) {
    const version = await within(({ versions }) => versions.current(projectId))
    return { versionId: version?.id ?? null, files: version ? await filesOf(objects, version) : [] }
  },
})
