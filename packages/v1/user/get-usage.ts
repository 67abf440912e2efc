import type { Limit } from '../../../lib/contract/engine.ts'
import { OrganizationQuery, Usage } from '../../../lib/contract/user.ts'
import { personOf } from '../../../lib/domain/access.ts'
import { periodOf } from '../../../lib/domain/quota.ts'
import { quotaPeriod } from '../../../lib/domain/tiers.ts'
import { inOrganization } from '../../../lib/entry/locate.ts'
import { operation } from '../../../lib/entry/operation.ts'

export const getUsage = operation({
  summary: 'Read what was used this month against what the tier allows',
  query: OrganizationQuery,
  may: ['usage.read', inOrganization],
  answers: [200, Usage],
  async run({ standing: { organizationId, tier, limits: allowed }, principal }, { usage, caps, sandboxRoom, now }) {
    const { from, to } = quotaPeriod(now())
    const period = periodOf(now())
    const [{ generations, micros }, limits, { awake, seconds }] = await Promise.all([
      usage.ofMonth(organizationId, period),
      caps.limits({ organizationId, userId: personOf(principal) }, period),
      sandboxRoom.used(organizationId, period),
    ])
    const { generationsPerMonth: limit, runCapMicros } = allowed
    return {
      organizationId,
      tier,
      period: { from: from.toISOString(), to: to.toISOString() },
      generations: { used: generations.used, reserved: generations.reserved, limit },
      spend: { currency: 'USD' as const, usedMicros: micros.used, reservedMicros: micros.reserved },
      sandboxes: { awake, limit: allowed.sandboxesAtOnce },
      sandboxHours: { used: seconds / 3_600, limit: allowed.sandboxHoursPerMonth },
      caps: {
        runMicros: Math.min(runCapMicros, ...limits.map(({ runMicros }) => runMicros ?? runCapMicros)),
        organization: monthOf(limits, 'organization'),
        person: monthOf(limits, 'person'),
      },
    }
  },
})

function monthOf(limits: readonly Limit[], whose: Limit['whose']) {
  const found = limits.find((limit) => limit.whose === whose)
  return { monthMicros: found?.monthMicros ?? null, takenMicros: found?.takenMicros ?? 0 }
}
