import type { ProjectId } from '../../../lib/contract/ids.ts'
import { objectKeys, type ObjectStore } from '../../../lib/ports/object-store.ts'
import type { StoredImage } from '../../../lib/store/images.ts'

const seconds = 3_600

/** Where an image is read for an hour: served as the image it was found to be, and saved, never opened, as a page. */
export function imageAddress(
  objects: ObjectStore,
  projectId: ProjectId,
  { id, mediaType }: Pick<StoredImage, 'id' | 'mediaType'>,
): Promise<string> {
  const fileName = `${id}.${mediaType.slice('image/'.length)}`
  return objects.signGet(objectKeys.image(projectId, id), { seconds, contentType: mediaType, fileName })
}
