import type { JobDesk } from '../../../lib/context.ts'
import type { RunJob } from '../../../lib/contract/run.ts'
import { objectKeys } from '../../../lib/ports/object-store.ts'
import type { ClaimedRun } from '../../../lib/store/runs.ts'
import { imagesOf } from '../../../lib/work/attached-images.ts'

type Shown = NonNullable<RunJob['generation']>['images']

/** The images that a request shows, in the order they were attached, at addresses good for so many seconds. */
export async function shownImages(
  { objects, within }: JobDesk,
  { projectId, attachments }: ClaimedRun,
  seconds: number,
): Promise<Shown> {
  const ids = imagesOf(attachments)
  const found = await within(({ images }) => images.checked(projectId, ids))
  const ordered = ids.flatMap((id) => found.filter((image) => image.id === id))
  return Promise.all(
    ordered.map(async ({ id, mediaType }) => {
      const url = await objects.signGet(objectKeys.image(projectId, id), { seconds, contentType: mediaType })
      return { imageId: id, url, mediaType }
    }),
  )
}
