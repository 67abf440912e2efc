import { newId, type VersionId } from '../contract/ids.ts'
import type { FileEntry } from '../contract/version.ts'
import type { Principal } from '../domain/access.ts'
import type { ObjectStore } from '../ports/object-store.ts'
import type { Stores } from '../store/stores.ts'
import type { StoredVersion } from '../store/versions.ts'
import { showVersion } from './show-version.ts'
import { filesOf, storeManifest } from './stored-files.ts'

/** A new version with the files of an old one, whose manifest is stored but which is in no row yet. */
export interface Restoring {
  id: VersionId
  old: StoredVersion
  files: readonly FileEntry[]
}

/** Reads and stores what a restore needs; to be done before its transaction. */
export async function prepareRestore(objects: ObjectStore, old: StoredVersion): Promise<Restoring> {
  const id = newId('version')
  const files = await filesOf(objects, old)
  await storeManifest(objects, { projectId: old.projectId, id }, files)
  return { id, old, files }
}

interface By {
  parentId: VersionId
  principal: Principal
}

/** Makes an old version current again as the next one, and shows it; `outdated` when `parentId` is not current any more. */
export async function restore(
  stores: Pick<Stores, 'versions' | 'events' | 'sandboxes' | 'jobs'>,
  restoring: Restoring,
  by: By,
): Promise<StoredVersion | 'outdated'> {
  const version = await addRestored(stores, restoring, by)
  if (version !== 'outdated') await showVersion(stores, restoring.old.projectId, version)
  return version
}

/** The same, for who shows it later: events come after all other locks. */
export function addRestored(
  { versions }: Pick<Stores, 'versions'>,
  { id, old, files }: Restoring,
  { parentId, principal }: By,
): Promise<StoredVersion | 'outdated'> {
  const { projectId, manifestSha256, green, pictureSha256 } = old
  return versions.add({
    id,
    projectId,
    principal,
    source: 'restore',
    message: `Restore version ${old.number}`,
    parentId,
    restoredFrom: old.id,
    manifestSha256,
    files,
    // The same files: what was found out about them holds.
    checked: { green, picture: pictureSha256 },
  })
}
