import { createHash } from 'node:crypto'
import type { ProjectId } from '../../../lib/contract/ids.ts'
import { projectPaths } from '../../../lib/contract/project-paths.ts'
import { Uploads } from '../../../lib/contract/version.ts'
import type { ControlPlane } from '../control-plane.ts'
import { putObject } from '../storage/objects.ts'

/** Stores a picture like the content of a file, and answers its digest; null when it cannot be stored. */
export async function storePicture(
  bytes: Buffer | null,
  { plane, projectId }: { plane: ControlPlane; projectId: ProjectId },
): Promise<string | null> {
  if (!bytes) return null
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const files = [{ path: 'picture.webp', sha256, size: bytes.length, mode: '100644' }]
  try {
    const { uploads } = await plane.call(projectPaths.uploads(projectId), { body: { files }, answer: Uploads })
    for (const { url, headers } of uploads) await putObject(url, bytes, headers)
    return sha256
  } catch {
    // A version without its picture is better than none.
    return null
  }
}
