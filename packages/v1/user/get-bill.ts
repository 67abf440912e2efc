import { Bill } from '../../../lib/contract/user.ts'
import { priceOfSeats, quotaPeriod } from '../../../lib/domain/tiers.ts'
import { inOrganization } from '../../../lib/entry/locate.ts'
import { operation } from '../../../lib/entry/operation.ts'

export const getBill = operation({
  summary: 'Read the bill of your personal organization for this month',
  may: ['usage.read', inOrganization],
  answers: [200, Bill],
  async run({ standing: { organizationId, tier, seats } }, { usage, now }) {
    const { from, to } = quotaPeriod(now())
    const { micros } = await usage.ofMonth(organizationId, from.toISOString().slice(0, 10))
    return {
      organizationId,
      tier,
      currency: 'USD' as const,
      subscriptionMicrosPerMonth: priceOfSeats(tier, seats),
      usage: {
        from: from.toISOString(),
        to: to.toISOString(),
        micros: micros.used - micros.simulated,
        simulatedMicros: micros.simulated,
      },
    }
  },
})
