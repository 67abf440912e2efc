import { Bill, OrganizationQuery } from '../../../lib/contract/user.ts'
import { priceOfSeats, quotaPeriod } from '../../../lib/domain/tiers.ts'
import { nothingPaid, standingOf } from '../../../lib/domain/billing.ts'
import { inOrganization } from '../../../lib/entry/locate.ts'
import { operation } from '../../../lib/entry/operation.ts'

export const getBill = operation({
  summary: 'Read the bill of an organization for this month, by default of your personal one',
  query: OrganizationQuery,
  may: ['usage.read', inOrganization],
  answers: [200, Bill],
  async run({ standing: { organizationId, tier, seats } }, { usage, billing, now }) {
    const { from, to } = quotaPeriod(now())
    const [{ micros }, account] = await Promise.all([
      usage.ofMonth(organizationId, from.toISOString().slice(0, 10)),
      billing.find(organizationId),
    ])
    return {
      organizationId,
      tier,
      currency: 'USD' as const,
      seats,
      ...(account ? standingOf(account, now()) : nothingPaid),
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
