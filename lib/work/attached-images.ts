import type { Attachment } from '../contract/generation.ts'
import type { ImageId, ProjectId } from '../contract/ids.ts'
import type { Stores } from '../store/stores.ts'

/** The images that a request shows, each once, in the order they were attached. */
export const imagesOf = (attachments: readonly Attachment[]): ImageId[] => [
  ...new Set(attachments.flatMap((each) => (each.kind === 'image' ? [each.imageId] : []))),
]

/** Why what a request shows cannot be shown, as a sentence; undefined when every image is there and was checked. */
export async function faultOfAttachments(
  { images }: Pick<Stores, 'images'>,
  projectId: ProjectId,
  attachments: readonly Attachment[],
): Promise<string | undefined> {
  const ids = imagesOf(attachments)
  if (ids.length === 0) return undefined
  const found = await images.checked(projectId, ids)
  return found.length === ids.length ? undefined : 'An attached image is not there, or was not checked yet.'
}
