import type { ProjectId } from '../contract/ids.ts'
import type { FileEntry } from '../contract/version.ts'
import { objectKeys, type ObjectStore } from '../ports/object-store.ts'
import { atOnce } from './at-once.ts'
import { sha256Of } from './stored-files.ts'

/** A file is at most 10 MB and an instance has 256 MB. */
const readersAtOnce = 6

/** Reads what was uploaded and compares it with what was announced; answers the first path that does not hold. */
export async function firstMismatch(
  objects: ObjectStore,
  projectId: ProjectId,
  { files, known }: { files: readonly FileEntry[]; known: ReadonlyMap<string, number> },
): Promise<string | undefined> {
  const misstated = files.find(({ sha256, size }) => known.has(sha256) && known.get(sha256) !== size)
  if (misstated) return misstated.path
  const fresh = new Map(files.filter(({ sha256 }) => !known.has(sha256)).map((file) => [file.sha256, file]))
  const sizeDiffers = files.find(({ sha256, size }) => fresh.has(sha256) && fresh.get(sha256)?.size !== size)
  if (sizeDiffers) return sizeDiffers.path

  const holds = await atOnce(readersAtOnce, [...fresh.values()], async ({ sha256, size }) => {
    const bytes = await objects.get(objectKeys.blob(projectId, sha256), size)
    return bytes?.byteLength === size && sha256Of(bytes) === sha256
  })
  return [...fresh.values()][holds.indexOf(false)]?.path
}
