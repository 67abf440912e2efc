import type { ProjectId } from '../contract/ids.ts'
import type { Version } from '../contract/version.ts'
import { objectKeys, type ObjectStore } from '../ports/object-store.ts'
import type { StoredVersion } from '../store/versions.ts'
import { sha256Of } from './stored-files.ts'

const seconds = 3_600
export const pictureLimit = 200 * 1024

/** The version with a signed address of its picture. Whatever the bytes are, they are served as an image. */
export async function withPicture(objects: ObjectStore, version: StoredVersion): Promise<Version> {
  const { projectId, pictureSha256 } = version
  if (!pictureSha256) return version
  const key = objectKeys.blob(projectId, pictureSha256)
  return { ...version, picture: await objects.signGet(key, { seconds, contentType: 'image/webp' }) }
}

/** The size of an uploaded picture; undefined when it is not there, not what its digest says, too large, or no WebP. */
export async function sizeOfPicture(
  objects: ObjectStore,
  projectId: ProjectId,
  sha256: string,
): Promise<number | undefined> {
  const bytes = await objects.get(objectKeys.blob(projectId, sha256))
  if (!bytes || bytes.byteLength > pictureLimit || sha256Of(bytes) !== sha256) return undefined
  const [riff, webp] = [bytes.subarray(0, 4), bytes.subarray(8, 12)].map((part) => new TextDecoder().decode(part))
  return riff === 'RIFF' && webp === 'WEBP' ? bytes.byteLength : undefined
}
