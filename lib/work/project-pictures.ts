import type { ProjectId } from '../contract/ids.ts'
import { objectKeys, type ObjectStore } from '../ports/object-store.ts'

const seconds = 3_600

interface Picturable {
  id: ProjectId
  pictureSha256: string | null
  picture: string | null
}

/** The project with a signed address of the picture of its current version, served as an image whatever its bytes are. */
export async function pictured<P extends Picturable>(objects: ObjectStore, project: P): Promise<P> {
  const { id, pictureSha256 } = project
  if (!pictureSha256) return project
  const picture = await objects.signGet(objectKeys.blob(id, pictureSha256), { seconds, contentType: 'image/webp' })
  return { ...project, picture }
}
