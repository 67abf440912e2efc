import type { Limit } from '../../../lib/contract/engine.ts'
import { OrganizationQuery, Usage } from '../../../lib/contract/user.ts'
import { personOf } from '../../../lib/domain/access.ts'
import { forecastOf } from '../../../lib/domain/forecast.ts'
import { periodOf } from '../../../lib/domain/quota.ts'
import { quotaPeriod } from '../../../lib/domain/tiers.ts'
import { inOrganization } from '../../../lib/entry/locate.ts'
import { operation } from '../../../lib/entry/operation.ts'

export const getUsage = operation({
  summary: 'Read what was used this month against what the tier allows',
  query: OrganizationQuery,
  may: ['usage.read', inOrganization],
  answers: [200, Usage],
  async run({ standing: { organizationId, tier, limits: allowed }, principal }, desk) {
    const { usage, moreRequests, caps, sandboxRoom } = desk
    const at = desk.now()
    const [{ from, to }, period] = [quotaPeriod(at), periodOf(at)]
    const ahead = (used: number) => forecastOf(used, { from, to }, at)
    const [{ generations, micros }, limits, { awake, seconds }, more, credits] = await Promise.all([
      usage.ofMonth(organizationId, period),
      caps.limits({ organizationId, userId: personOf(principal) }, period),
      sandboxRoom.used(organizationId, period),
      moreRequests.of(organizationId, period),
      moreRequests.creditsUsed(organizationId, period),
    ])
    const { used, reserved } = generations
    return {
      organizationId,
      tier,
      period: { from: from.toISOString(), to: to.toISOString() },
      generations: {
        ...{ used, reserved, credits, beyond: more.charged, more: more.credits + more.left },
        limit: allowed.generationsPerMonth,
        forecast: ahead(used + reserved),
      },
      spend: {
        currency: 'USD' as const,
        usedMicros: micros.used,
        reservedMicros: micros.reserved,
        forecastMicros: ahead(micros.used),
      },
      sandboxes: { awake, limit: allowed.sandboxesAtOnce },
      sandboxHours: {
        used: seconds / hourSeconds,
        limit: allowed.sandboxHoursPerMonth,
        forecast: ahead(seconds) / hourSeconds,
      },
      caps: capsOf(limits, allowed.runCapMicros),
    }
  },
})

const hourSeconds = 3_600

const capsOf = (limits: readonly Limit[], runCapMicros: number): Usage['caps'] => ({
  runMicros: Math.min(runCapMicros, ...limits.map(({ runMicros }) => runMicros ?? runCapMicros)),
  organization: monthOf(limits, 'organization'),
  member: monthOf(limits, 'member'),
  person: monthOf(limits, 'person'),
})

function monthOf(limits: readonly Limit[], whose: Limit['whose']) {
  const found = limits.find((limit) => limit.whose === whose)
  return { monthMicros: found?.monthMicros ?? null, takenMicros: found?.takenMicros ?? 0 }
}
