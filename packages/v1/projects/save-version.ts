import { newId } from '../../../lib/contract/ids.ts'
import { ProjectPath } from '../../../lib/contract/project.ts'
import { NewVersion, Version } from '../../../lib/contract/version.ts'
import { faultOfFiles } from '../../../lib/domain/manifest.ts'
import { inProject } from '../../../lib/entry/locate.ts'
import { refuse, waitingOperation } from '../../../lib/entry/operation.ts'
import { leases } from '../../../lib/domain/run.ts'
import { screenText } from '../../../lib/domain/screening.ts'
import { manifestDigest, storeManifest } from './stored-files.ts'
import { showVersion } from './show-version.ts'
import { firstMismatch } from './verify-blobs.ts'

/** The same request again, by the same saver, is answered with the version it made. */
export const saveVersion = waitingOperation({
  summary: 'Commit uploaded files as the next version of a project',
  path: ProjectPath,
  body: NewVersion,
  may: ['version.save', inProject],
  answers: [201, Version],
  refuses: ['invalid_request', 'too_large', 'version_outdated', 'digest_mismatch', 'run_over'],
  async run({ path: { projectId }, body: { parentId, message, files }, principal }, { within, objects }) {
    const fault = faultOfFiles(files)
    if (fault) return refuse(fault.code, fault.detail)

    const manifestSha256 = manifestDigest(files)
    const { known, current, before } = await within(async ({ versions }) => {
      const [known, current, before] = await Promise.all([
        versions.knownBlobs(projectId, [...new Set(files.map(({ sha256 }) => sha256))]),
        versions.current(projectId),
        versions.savedBefore(projectId, { parentId, principal, manifestSha256 }),
      ])
      return { known, current, before }
    })
    if (before) return before
    if ((current?.id ?? null) !== parentId) return refuse('version_outdated')

    const mismatch = await firstMismatch(objects, projectId, { files, known })
    if (mismatch) return refuse('digest_mismatch', `The content of ${mismatch} was not uploaded as announced.`)

    const id = newId('version')
    await storeManifest(objects, { projectId, id }, files)
    return within(async (stores) => {
      const { versions, runs } = stores
      const source = principal.kind === 'run' ? ('generation' as const) : ('edit' as const)
      const words = screenText(message).text.slice(0, 500)
      const given = {
        id,
        projectId,
        principal,
        source,
        message: words,
        parentId,
        restoredFrom: null,
        manifestSha256,
        files,
      }
      const version = await versions.add(given)
      if (version === 'outdated') {
        const mine = await versions.savedBefore(projectId, { parentId, principal, manifestSha256 })
        return mine ?? refuse('version_outdated')
      }
      // After the project's row, which every writer locks first.
      if (principal.kind === 'run') {
        const { generationId, attempt } = principal
        const alive = generationId && (await runs.renew({ id: generationId, attempt }, leases.running))
        if (!alive) return refuse('run_over')
      }
      await showVersion(stores, projectId, version)
      return version
    })
  },
})
