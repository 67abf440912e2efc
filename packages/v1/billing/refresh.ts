import { Billing } from '../../../lib/contract/billing.ts'
import { OrganizationPath } from '../../../lib/contract/engine.ts'
import { ofOrganization } from '../../../lib/entry/locate.ts'
import { operation } from '../../../lib/entry/operation.ts'
import { billingOf } from './account.ts'

export const refreshBilling = operation({
  summary: 'Have what was paid looked at now; for who comes back from paying before the news of it',
  path: OrganizationPath,
  may: ['billing.read', ofOrganization],
  answers: [202, Billing],
  async run({ path: { organizationId } }, desk) {
    await desk.billing.askSync(organizationId)
    return billingOf(desk, organizationId, desk.now())
  },
})
