import type { ProjectId, VersionId } from '../contract/ids.ts'
import type { RunJob } from '../contract/run.ts'
import { parseManifest } from '../domain/manifest.ts'
import { objectKeys, type ObjectStore } from '../ports/object-store.ts'

/** What the workspace of a run must hold: the files of a version, or null for the bare template. */
export async function baseOf(
  objects: ObjectStore,
  projectId: ProjectId,
  versionId: VersionId | null,
): Promise<RunJob['base']> {
  if (!versionId) return null
  const stored = await objects.get(objectKeys.manifest(projectId, versionId))
  if (!stored) throw new Error(`The manifest of ${versionId} is missing.`)
  return { versionId, files: parseManifest(new TextDecoder().decode(stored)) }
}
