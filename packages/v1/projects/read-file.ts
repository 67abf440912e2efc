import * as z from 'zod/mini'
import { VersionFilePath } from '../../../lib/contract/version.ts'
import { safeDelivery } from '../../../lib/domain/delivery.ts'
import { inProject } from '../../../lib/entry/locate.ts'
import { refuse, waitingOperation } from '../../../lib/entry/operation.ts'
import { objectKeys } from '../../../lib/ports/object-store.ts'
import { filesOf } from '../../../lib/work/stored-files.ts'

const seconds = 300

export const readFile = waitingOperation({
  summary: 'Go to the content of a file, at an address that is good for five minutes',
  path: VersionFilePath,
  may: ['project.read', inProject],
  answers: [302, z.object({ location: z.string() })],
  refuses: ['not_found'],
  async run({ path: { projectId, versionId, path } }, { within, objects }) {
    const version = await within(({ versions }) => versions.find(projectId, versionId))
    const file = version && (await filesOf(objects, version)).find((each) => each.path === path)
    if (!file) return refuse('not_found')
    const key = objectKeys.blob(projectId, file.sha256)
    return { location: await objects.signGet(key, { seconds, ...safeDelivery(path) }) }
  },
})
