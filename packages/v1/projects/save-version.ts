import { newId } from '../../../lib/contract/ids.ts'
import { ProjectPath } from '../../../lib/contract/project.ts'
import { NewVersion, Version } from '../../../lib/contract/version.ts'
import { brokenLock } from '../../../lib/domain/locks.ts'
import { faultOfFiles } from '../../../lib/domain/manifest.ts'
import { inProject } from '../../../lib/entry/locate.ts'
import { Refusal, refuse, waitingOperation } from '../../../lib/entry/operation.ts'
import { leases } from '../../../lib/domain/run.ts'
import { screenText } from '../../../lib/domain/screening.ts'
import { sizeOfPicture, withPicture } from '../../../lib/work/pictures.ts'
import { filesOf, manifestDigest, storeManifest } from '../../../lib/work/stored-files.ts'
import { storageLack } from '../../../lib/work/storage-room.ts'
import { tooMuch } from '../../../lib/work/unfit.ts'
import { showVersion } from '../../../lib/work/show-version.ts'
import { firstMismatch } from '../../../lib/work/verify-blobs.ts'
import type { Stores } from '../../../lib/store/stores.ts'
import type { NewRow, StoredVersion } from '../../../lib/store/versions.ts'

/** The same request again, by the same saver, is answered with the version it made. */
export const saveVersion = waitingOperation({
  summary: 'Commit uploaded files as the next version of a project',
  path: ProjectPath,
  body: NewVersion,
  may: ['version.save', inProject],
  answers: [201, Version],
  refuses: [
    'invalid_request',
    'payment_required',
    'too_large',
    'conflict',
    'version_outdated',
    'digest_mismatch',
    'run_over',
  ],
  async run({ path: { projectId }, body, principal, standing }, { within, objects }) {
    const { parentId, message, files, checked, imported = false } = body
    if (checked && principal.kind !== 'run') return refuse('invalid_request', 'Only a run says what was checked.')
    const fault = faultOfFiles(files)
    if (fault) return refuse(fault.code, fault.detail)

    const manifestSha256 = manifestDigest(files)
    const [known, current, before, locked] = await within(({ versions, runLocks }) => {
      const known = versions.knownBlobs(projectId, [...new Set(files.map(({ sha256 }) => sha256))])
      const before = versions.savedBefore(projectId, { parentId, principal, manifestSha256 })
      const ofRun = principal.kind === 'run' && principal.generationId
      return Promise.all([known, versions.current(projectId), before, ofRun ? runLocks.ofRun(ofRun) : []])
    })
    if (before) return withPicture(objects, before)
    if ((current?.id ?? null) !== parentId) return refuse('version_outdated')

    const broken = current && locked.length > 0 && brokenLock(locked, await filesOf(objects, current), files)
    if (broken) return refuse('conflict', `${broken} is locked: no run may change it.`)

    const mismatch = await firstMismatch(objects, projectId, { files, known })
    if (mismatch) return refuse('digest_mismatch', `The content of ${mismatch} was not uploaded as announced.`)

    const pictureSize = checked?.picture ? await sizeOfPicture(objects, projectId, checked.picture) : 0
    if (pictureSize === undefined)
      return refuse('digest_mismatch', 'The picture is no WebP image, or not as announced.')

    const id = newId('version')
    await storeManifest(objects, { projectId, id }, files)
    const version = await within((stores) =>
      addVersion(stores, {
        id,
        projectId,
        principal,
        source: principal.kind === 'run' ? 'generation' : imported ? 'import' : 'edit',
        message: screenText(message).text.slice(0, 500),
        parentId,
        restoredFrom: null,
        manifestSha256,
        files,
        mostBytes: standing.limits.storageBytesPerProject,
        checked: checked && { ...checked, pictureSize },
      }),
    )
    return version instanceof Refusal ? version : withPicture(objects, version)
  },
})

async function addVersion(
  stores: Stores,
  row: NewRow,
): Promise<StoredVersion | Refusal<'payment_required' | 'version_outdated' | 'run_over'>> {
  const { versions, runs } = stores
  const { projectId, principal } = row
  const version = await versions.add(row)
  if (version === 'outdated') {
    const lack = await storageLack(stores, row)
    if (lack) return refuse('payment_required', tooMuch(lack))
    return (await versions.savedBefore(projectId, row)) ?? refuse('version_outdated')
  }
  // After the project's row, which every writer locks first.
  if (principal.kind === 'run') {
    const { generationId, attempt } = principal
    const alive = generationId && (await runs.renew({ id: generationId, attempt }, leases.running))
    if (!alive) return refuse('run_over')
  }
  await showVersion(stores, projectId, version)
  return version
}
