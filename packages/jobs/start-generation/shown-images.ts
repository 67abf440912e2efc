import type { JobDesk } from '../../../lib/context.ts'
import type { RunJob } from '../../../lib/contract/run.ts'
import type { ClaimedRun } from '../../../lib/store/runs.ts'
import { imagesOf } from '../../../lib/work/attached-images.ts'

type Shown = NonNullable<RunJob['generation']>['images']

/** The images that a request shows, in the order they were attached. */
export async function shownImages({ within }: JobDesk, { projectId, attachments }: ClaimedRun): Promise<Shown> {
  const ids = imagesOf(attachments)
  const found = await within(({ images }) => images.checked(projectId, ids))
  const mediaTypes = new Map(found.map(({ id, mediaType }) => [id, mediaType]))
  return ids.flatMap((imageId) => {
    const mediaType = mediaTypes.get(imageId)
    return mediaType ? [{ imageId, mediaType }] : []
  })
}
