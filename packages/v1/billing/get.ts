import { Billing } from '../../../lib/contract/billing.ts'
import { OrganizationPath } from '../../../lib/contract/engine.ts'
import { ofOrganization } from '../../../lib/entry/locate.ts'
import { operation } from '../../../lib/entry/operation.ts'
import { billingOf } from './account.ts'

export const getBilling = operation({
  summary: 'Read how an organization pays: its plan, seats, and until when it holds',
  path: OrganizationPath,
  may: ['billing.read', ofOrganization],
  answers: [200, Billing],
  async run({ path: { organizationId } }, desk) {
    return billingOf(desk, organizationId, desk.now())
  },
})
