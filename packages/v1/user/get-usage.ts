import { OrganizationQuery, Usage } from '../../../lib/contract/user.ts'
import { quotaPeriod, tierLimits } from '../../../lib/domain/tiers.ts'
import { inOrganization } from '../../../lib/entry/locate.ts'
import { operation } from '../../../lib/entry/operation.ts'

export const getUsage = operation({
  summary: 'Read what was used this month against what the tier allows',
  query: OrganizationQuery,
  may: ['usage.read', inOrganization],
  answers: [200, Usage],
  async run({ standing: { organizationId, tier } }, { usage, now }) {
    const { from, to } = quotaPeriod(now())
    const { generations, micros } = await usage.ofMonth(organizationId, from.toISOString().slice(0, 10))
    const limit = tierLimits[tier].generationsPerMonth
    return {
      organizationId,
      tier,
      period: { from: from.toISOString(), to: to.toISOString() },
      generations: { used: generations.used, reserved: generations.reserved, limit },
      spend: { currency: 'USD' as const, usedMicros: micros.used, reservedMicros: micros.reserved },
    }
  },
})
