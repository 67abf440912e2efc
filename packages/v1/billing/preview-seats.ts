import { SeatsPreview, SeatsQuery } from '../../../lib/contract/billing.ts'
import { OrganizationPath } from '../../../lib/contract/engine.ts'
import { objectionToSeats } from '../../../lib/domain/billing.ts'
import { priceOfSeats } from '../../../lib/domain/tiers.ts'
import { ofOrganization } from '../../../lib/entry/locate.ts'
import { refuse, waitingOperation } from '../../../lib/entry/operation.ts'
import { accountOf } from './account.ts'

export const previewSeats = waitingOperation({
  summary: 'What a change to so many seats costs',
  path: OrganizationPath,
  query: SeatsQuery,
  may: ['billing.read', ofOrganization],
  answers: [200, SeatsPreview],
  refuses: ['conflict', 'unavailable'],
  async run({ path: { organizationId }, query: { seats } }, { payments, within }) {
    if (!payments) return refuse('unavailable')
    const account = await within((stores) => accountOf(stores, organizationId))
    const { customerId, subscriptionId, itemId, periodEnd } = account
    const objection = objectionToSeats(account, seats)
    if (objection) return refuse('conflict', objection)
    if (!customerId || !subscriptionId || !itemId || !periodEnd) return refuse('conflict')
    const micros = await payments.previewSeats(customerId, { subscriptionId, itemId, seats })
    return {
      currency: 'USD' as const,
      seats,
      dueNowMicros: Math.max(0, micros),
      creditMicros: Math.max(0, -micros),
      monthlyMicros: priceOfSeats('team', seats),
      renewsAt: periodEnd.toISOString(),
    }
  },
})
