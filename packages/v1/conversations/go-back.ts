import type { GenerationId, ProjectId } from '../../../lib/contract/ids.ts'
import type { Version } from '../../../lib/contract/version.ts'
import type { Principal } from '../../../lib/domain/access.ts'
import type { Stores } from '../../../lib/store/stores.ts'
import { addRestored, type Restoring } from '../../../lib/work/restore.ts'

interface Back {
  projectId: ProjectId
  generationId: GenerationId
  /** What the request built on, ready to be made current again; undefined for the bare template. */
  restoring: Restoring | undefined
  principal: Principal
}

type Objection = 'generation_active' | 'conflict' | 'not_found' | 'version_outdated'

/** Code and conversation as they were before a request: the version that was made for it, null when none was needed. */
export async function goBack(stores: Stores, back: Back): Promise<Version | null | Objection> {
  const { queue, secondTries, versions } = stores
  const { projectId, generationId, restoring, principal } = back
  const door = await queue.hold(projectId)
  if (!door) return 'not_found'
  if (door.activeGenerationId) return 'generation_active'
  const [asked, current] = await Promise.all([secondTries.asked(projectId, generationId), versions.current(projectId)])
  // The conversation has gone back before this request already.
  if (asked?.superseded) return 'conflict'
  await secondTries.supersede(projectId, generationId)
  if (!restoring) {
    await secondTries.clear(projectId)
    return null
  }
  const { id: old } = restoring.old
  if (!current || current.id === old || current.restoredFrom === old) return null
  const version = await addRestored(stores, restoring, { parentId: current.id, principal })
  return version === 'outdated' ? 'version_outdated' : version
}
