import { Billing, BeyondChange } from '../../../lib/contract/billing.ts'
import { OrganizationPath } from '../../../lib/contract/engine.ts'
import { ofOrganization } from '../../../lib/entry/locate.ts'
import { operation, refuse } from '../../../lib/entry/operation.ts'
import { accountOf, billingOf } from './account.ts'

export const allowBeyond = operation({
  summary: 'Say how many requests beyond the allowance may be charged one by one each month',
  path: OrganizationPath,
  body: BeyondChange,
  may: ['billing.change', ofOrganization],
  answers: [200, Billing],
  refuses: ['conflict'],
  async run({ path: { organizationId }, body: { most }, principal, requestId }, desk) {
    const { status } = await accountOf(desk, organizationId)
    // None is always in order: nobody is kept in what they do not want to pay.
    if (most !== null && status !== 'active' && status !== 'trialing') {
      return refuse('conflict', 'Requests are charged one by one along with a plan that is paid.')
    }
    await desk.moreRequests.allow(organizationId, most)
    const action = most === null ? 'billing.beyond.end' : 'billing.beyond'
    await desk.audit.record({ organizationId, principal, action, subject: organizationId, requestId })
    return billingOf(desk, organizationId, desk.now())
  },
})
