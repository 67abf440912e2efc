import { createHash } from 'node:crypto'
import type { FileEntry } from '../contract/version.ts'
import { formatManifest, parseManifest } from '../domain/manifest.ts'
import { Fault } from '../ports/fault.ts'
import { objectKeys, type ObjectStore } from '../ports/object-store.ts'
import type { StoredVersion } from '../store/versions.ts'

export const sha256Of = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex')

/** The files of a version, from its manifest; storage that lost or changed the manifest is a fault. */
export async function filesOf(
  objects: ObjectStore,
  { projectId, id, manifestSha256 }: StoredVersion,
): Promise<FileEntry[]> {
  const bytes = await objects.get(objectKeys.manifest(projectId, id))
  if (!bytes || sha256Of(bytes) !== manifestSha256) {
    throw new Fault('spaces', 'reading a manifest', {
      retryable: false,
      cause: new Error(`${id} is missing or changed`),
    })
  }
  return parseManifest(new TextDecoder().decode(bytes))
}

/** Stores the manifest of a version that is about to be added, and answers the digest of its bytes. */
export async function storeManifest(
  objects: ObjectStore,
  { projectId, id }: Pick<StoredVersion, 'projectId' | 'id'>,
  files: readonly FileEntry[],
): Promise<void> {
  await objects.put(objectKeys.manifest(projectId, id), formatManifest(files), 'application/json')
}

export const manifestDigest = (files: readonly FileEntry[]) => sha256Of(formatManifest(files))
