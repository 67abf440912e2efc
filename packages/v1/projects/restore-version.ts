import { newId } from '../../../lib/contract/ids.ts'
import { Version, VersionPath } from '../../../lib/contract/version.ts'
import { inProject } from '../../../lib/entry/locate.ts'
import { refuse, waitingOperation } from '../../../lib/entry/operation.ts'
import { showVersion } from './show-version.ts'
import { filesOf, storeManifest } from './stored-files.ts'

export const restoreVersion = waitingOperation({
  summary: 'Make the files of an earlier version current again, as a new version',
  path: VersionPath,
  may: ['version.restore', inProject],
  answers: [201, Version],
  refuses: ['not_found', 'version_outdated'],
  async run({ path: { projectId, versionId }, principal, standing, requestId }, { within, objects }) {
    const { old, current } = await within(async ({ versions }) => {
      const [old, current] = await Promise.all([versions.find(projectId, versionId), versions.current(projectId)])
      return { old, current }
    })
    if (!old || !current) return refuse('not_found')
    // Asked again: an answer got lost, or a button was pressed twice.
    if (current.restoredFrom === old.id) return current

    const id = newId('version')
    const files = await filesOf(objects, old)
    await storeManifest(objects, { projectId, id }, files)
    return within(async (stores) => {
      const version = await stores.versions.add({
        id,
        projectId,
        principal,
        source: 'restore',
        message: `Restore version ${old.number}`,
        parentId: current.id,
        restoredFrom: old.id,
        manifestSha256: old.manifestSha256,
        files,
      })
      if (version === 'outdated') return refuse('version_outdated')
      const { organizationId } = standing
      await Promise.all([
        showVersion(stores, projectId, version),
        stores.audit.record({ organizationId, principal, action: 'version.restore', subject: versionId, requestId }),
      ])
      return version
    })
  },
})
