import type { JobDesk } from '../../../lib/context.ts'
import { objectKeys } from '../../../lib/ports/object-store.ts'
import { atOnce } from '../../../lib/work/at-once.ts'

/** Removed in one sweep; the next one goes on. */
const atMost = 200
const removersAtOnce = 6

/** Whoever announced them went away: their address to put them is good no more, and nothing can be attached by them. */
export async function sweepImages({ objects, within }: JobDesk): Promise<void> {
  const left = await within(({ upkeep }) => upkeep.unchecked(atMost))
  await atOnce(removersAtOnce, left, async ({ id, projectId }) => {
    await objects.remove(objectKeys.image(projectId, id))
    await within(({ images }) => images.forget(projectId, id))
  })
}
