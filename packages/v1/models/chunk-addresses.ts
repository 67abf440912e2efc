import type { CallId, ProjectId } from '../../../lib/contract/ids.ts'
import { objectKeys, type ObjectStore } from '../../../lib/ports/object-store.ts'

const atOnce = 60
/** A relay lives 15 minutes at most. */
const seconds = 1_200

/** Signed addresses of the next chunks of a reply, which may not be written yet. */
export function chunkAddresses(
  objects: ObjectStore,
  { projectId, id, from }: { projectId: ProjectId; id: CallId; from: number },
): Promise<string[]> {
  return Promise.all(
    Array.from({ length: atOnce }, (_, at) =>
      objects.signGet(objectKeys.modelChunk(projectId, id, from + at), { seconds }),
    ),
  )
}
