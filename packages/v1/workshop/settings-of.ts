import type { ProjectId } from '../../../lib/contract/ids.ts'
import type { Tier } from '../../../lib/contract/user.ts'
import type { SandboxSettings } from '../../../lib/contract/workshop.ts'
import { leastIdleMinutes } from '../../../lib/domain/sandbox-choice.ts'
import { tierLimits } from '../../../lib/domain/tiers.ts'
import type { Stores } from '../../../lib/store/stores.ts'

/** The settings of a project's sandbox as they are now, and what its tier allows. */
export async function settingsOf(
  { workshop }: Stores,
  { projectId, tier }: { projectId: ProjectId; tier: Tier },
): Promise<SandboxSettings> {
  const { sizes, idleMinutes } = tierLimits[tier].sandbox
  const { chosen, outdated } = await workshop.settings(projectId)
  return {
    chosen,
    bounds: { sizes: [...sizes], autoStopMinutes: { least: leastIdleMinutes, most: idleMinutes } },
    restartNeeded: outdated,
  }
}
