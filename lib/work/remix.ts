import { newId, type ProjectId, type VersionId } from '../contract/ids.ts'
import type { FileEntry } from '../contract/version.ts'
import type { Principal } from '../domain/access.ts'
import { objectKeys, type ObjectStore } from '../ports/object-store.ts'
import type { StoredProject } from '../store/project-row.ts'
import type { Stores } from '../store/stores.ts'
import type { StoredVersion } from '../store/versions.ts'
import { atOnce } from './at-once.ts'
import { showVersion } from './show-version.ts'
import type { StorageLack } from './storage-room.ts'
import { filesOf, manifestDigest, storeManifest } from './stored-files.ts'

export interface RemixSource {
  project: StoredProject
  /** Undefined when nothing was made yet. */
  version: StoredVersion | undefined
  pictureSize: number | undefined
}

/** What a remix starts from; undefined when there is no such project, or no such version in it. */
export async function remixSource(
  { projects, versions }: Pick<Stores, 'projects' | 'versions'>,
  projectId: ProjectId,
  versionId: VersionId | undefined,
): Promise<RemixSource | undefined> {
  const project = await projects.find(projectId)
  const version = await (versionId ? versions.find(projectId, versionId) : versions.current(projectId))
  if (!project || (versionId && !version)) return undefined
  const picture = version?.pictureSha256
  const known = picture ? await versions.knownBlobs(projectId, [picture]) : undefined
  return { project, version, pictureSize: picture ? known?.get(picture) : undefined }
}

/** Why a version does not fit what a new project may store; undefined when it does. */
export async function lackOfRoom(
  objects: ObjectStore,
  { version, pictureSize = 0 }: RemixSource,
  most: number | null,
): Promise<StorageLack | undefined> {
  // What stands in several places is counted several times here: it may still fit.
  if (!version || most === null || version.totalBytes + pictureSize <= most) return undefined
  const sizes = new Map((await filesOf(objects, version)).map(({ sha256, size }) => [sha256, size]))
  const more = [...sizes.values()].reduce((sum, size) => sum + size, pictureSize)
  return more > most ? { used: 0, more, most } : undefined
}

/** The store copies by itself: nothing passes through here. */
const copiersAtOnce = 16

interface Copying {
  source: RemixSource
  to: ProjectId
  /** What the new project may store. */
  most: number | null
}

/** Copies what a version stands on into the store's folder of another project; `settle` makes it that one's first version. */
export async function copyVersion(objects: ObjectStore, { source, to, most }: Copying) {
  const { version, pictureSize } = source
  if (!version) throw new Error('a remix has no version to start from')
  const files = await filesOf(objects, version)
  const { pictureSha256: picture, green } = version
  const digests = new Set([...files.map(({ sha256 }) => sha256), ...(picture && pictureSize ? [picture] : [])])
  await atOnce(copiersAtOnce, [...digests], (sha256) =>
    objects.copy(objectKeys.blob(version.projectId, sha256), objectKeys.blob(to, sha256)),
  )
  const id = newId('version')
  await storeManifest(objects, { projectId: to, id }, files)
  const checked = { green, picture: pictureSize ? picture : null, ...(pictureSize ? { pictureSize } : {}) }
  return {
    settle: (stores: Stores, principal: Principal) =>
      settle(stores, { id, to, most, files, checked, version, principal }),
  }
}

interface Settling extends Pick<Copying, 'to' | 'most'> {
  id: VersionId
  files: readonly FileEntry[]
  checked: { green: boolean | null; picture: string | null; pictureSize?: number }
  version: StoredVersion
  principal: Principal
}

/** The project comes into sight with its first version, in one transaction. */
async function settle(
  stores: Stores,
  { id, to, most, files, checked, version, principal }: Settling,
): Promise<StoredProject> {
  await stores.projects.undelete(to)
  const added = await stores.versions.add({
    id,
    projectId: to,
    principal,
    source: 'import',
    message: `Start from version ${version.number} of another project`,
    parentId: null,
    restoredFrom: null,
    manifestSha256: manifestDigest(files),
    files,
    mostBytes: most,
    checked,
  })
  if (added === 'outdated') throw new Error('a project that nobody saw has a version')
  await showVersion(stores, to, added)
  const project = await stores.projects.find(to)
  if (!project) throw new Error('a remix is not there')
  return project
}
