import type { ProjectId } from '../../../lib/contract/ids.ts'
import type { Limits } from '../../../lib/contract/limits.ts'
import type { SandboxSettings } from '../../../lib/contract/workshop.ts'
import { leastIdleMinutes } from '../../../lib/domain/sandbox-choice.ts'
import type { Stores } from '../../../lib/store/stores.ts'

/** The settings of a project's sandbox as they are now, and what its tier allows. */
export async function settingsOf(
  { workshop }: Stores,
  { projectId, limits }: { projectId: ProjectId; limits: Limits },
): Promise<SandboxSettings> {
  const { sandboxSizes: sizes, idleMinutes } = limits
  const { chosen, outdated } = await workshop.settings(projectId)
  return {
    chosen,
    bounds: { sizes: [...sizes], autoStopMinutes: { least: leastIdleMinutes, most: idleMinutes } },
    restartNeeded: outdated,
  }
}
