import { NewTopUp, Onward } from '../../../lib/contract/billing.ts'
import { OrganizationPath } from '../../../lib/contract/engine.ts'
import { isAgreedUpon } from '../../../lib/domain/billing.ts'
import { moreRequests } from '../../../lib/domain/tiers.ts'
import { ofOrganization } from '../../../lib/entry/locate.ts'
import { refuse, waitingOperation } from '../../../lib/entry/operation.ts'
import { accountOf, billingPage } from './account.ts'

export const topUp = waitingOperation({
  summary: 'Begin to buy requests ahead: where the browser goes on; they are kept until they are used',
  path: OrganizationPath,
  body: NewTopUp,
  may: ['billing.change', ofOrganization],
  answers: [200, Onward],
  refuses: ['conflict', 'unavailable'],
  async run({ path: { organizationId }, body: { packs }, principal, requestId }, { payments, within, origins, now }) {
    if (!payments) return refuse('unavailable')
    const account = await within((stores) => accountOf(stores, organizationId))
    if (isAgreedUpon(account.tier)) return refuse('conflict', 'How much may be used here was agreed upon.')
    const customerId = account.customerId ?? (await payments.openCustomer(organizationId))
    await within(async ({ billing, audit }) => {
      await billing.openAccount(organizationId)
      await billing.keepCustomer(organizationId, customerId)
      await audit.record({ organizationId, principal, action: 'billing.top-up', subject: organizationId, requestId })
    })
    const page = billingPage(origins, organizationId)
    const { url } = await payments.openTopUp({
      ...{ organizationId, customerId, packs, requests: packs * moreRequests.pack.requests },
      paid: `${page}?back=1`,
      left: page,
      expiresAt: new Date(now().getTime() + openMinutes * 60_000),
      key: `top-up:${organizationId}:${requestId}`,
    })
    return { url }
  },
})

const openMinutes = 60
