import { Version, VersionPath } from '../../../lib/contract/version.ts'
import { inProject } from '../../../lib/entry/locate.ts'
import { refuse, waitingOperation } from '../../../lib/entry/operation.ts'
import { prepareRestore, restore } from '../../../lib/work/restore.ts'
import { withPicture } from '../../../lib/work/pictures.ts'

export const restoreVersion = waitingOperation({
  summary: 'Make the files of an earlier version current again, as a new version',
  path: VersionPath,
  may: ['version.restore', inProject],
  answers: [201, Version],
  refuses: ['not_found', 'version_outdated'],
  async run({ path: { projectId, versionId }, principal, standing, requestId }, { within, objects }) {
    const old = await within(({ versions }) => versions.find(projectId, versionId))
    if (!old) return refuse('not_found')
    const restoring = await prepareRestore(objects, old)
    return within(async (stores) => {
      // A version that comes meanwhile, as a stopped run leaves one, is waited for: the restored one follows it.
      const held = await stores.queue.hold(projectId)
      const current = held && (await stores.versions.current(projectId))
      if (!current) return refuse('not_found')
      // Asked again: an answer got lost, or a button was pressed twice.
      if (current.restoredFrom === old.id) return withPicture(objects, current)
      const version = await restore(stores, restoring, { parentId: current.id, principal })
      if (version === 'outdated') return refuse('version_outdated')
      const { organizationId } = standing
      await stores.audit.record({ organizationId, principal, action: 'version.restore', subject: versionId, requestId })
      return withPicture(objects, version)
    })
  },
})
