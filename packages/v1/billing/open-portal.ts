import { Onward } from '../../../lib/contract/billing.ts'
import { OrganizationPath } from '../../../lib/contract/engine.ts'
import { ofOrganization } from '../../../lib/entry/locate.ts'
import { refuse, waitingOperation } from '../../../lib/entry/operation.ts'
import { accountOf, billingPage } from './account.ts'

export const openPortal = waitingOperation({
  summary: 'Where card, plan and invoices are looked after',
  path: OrganizationPath,
  may: ['billing.change', ofOrganization],
  answers: [200, Onward],
  refuses: ['conflict', 'unavailable'],
  async run({ path: { organizationId }, principal, requestId }, { payments, within, origins }) {
    if (!payments) return refuse('unavailable')
    const { customerId } = await within(async (stores) => {
      await stores.audit.record({
        ...{ organizationId, principal, requestId },
        action: 'billing.portal',
        subject: organizationId,
      })
      return accountOf(stores, organizationId)
    })
    if (customerId === null) return refuse('conflict', 'Nothing was paid for yet.')
    return payments.openPortal(customerId, `${billingPage(origins, organizationId)}?back=1`)
  },
})
