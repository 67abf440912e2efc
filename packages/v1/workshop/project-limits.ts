import type { ProjectLimits } from '../../../lib/contract/engine.ts'
import type { ProjectId } from '../../../lib/contract/ids.ts'
import { decide, personOf, type Principal, type Standing } from '../../../lib/domain/access.ts'
import { periodOf } from '../../../lib/domain/quota.ts'
import { quotaPeriod } from '../../../lib/domain/tiers.ts'
import type { Stores } from '../../../lib/store/stores.ts'

interface Asking {
  projectId: ProjectId
  principal: Principal
  standing: Standing
}

/** The limits that hold for the caller in a project, as they are after what this transaction did. */
export async function projectLimits(
  { caps, now }: Stores & { now(): Date },
  { projectId, principal, standing }: Asking,
): Promise<ProjectLimits> {
  const { organizationId } = standing
  const those = { projectId, organizationId, userId: personOf(principal) }
  return {
    tierRunMicros: standing.limits.runCapMicros,
    resetsAt: quotaPeriod(now()).to.toISOString(),
    limits: await caps.limits(those, periodOf(now())),
    mayChange: decide(principal, 'engine.change', standing) === 'allowed',
  }
}
