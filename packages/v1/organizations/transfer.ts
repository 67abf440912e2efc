import { OrganizationPath } from '../../../lib/contract/engine.ts'
import { NewOwner, Team } from '../../../lib/contract/organization.ts'
import { ofOrganization } from '../../../lib/entry/locate.ts'
import { operation } from '../../../lib/entry/operation.ts'
import { changeRefusals, refusalOf } from './refusals.ts'

export const transferOrganization = operation({
  summary: 'Hand an organization to another of its members; whoever owned it is an admin from then on',
  path: OrganizationPath,
  body: NewOwner,
  may: ['organization.transfer', ofOrganization],
  answers: [200, Team],
  refuses: changeRefusals,
  async run({ path: { organizationId }, body: { userId }, principal, requestId }, { organizations, audit }) {
    const [, outcome, items] = await Promise.all([
      audit.record({ organizationId, principal, action: 'organization.transfer', subject: userId, requestId }),
      organizations.transfer(organizationId, userId),
      organizations.members(organizationId),
    ])
    return refusalOf(outcome) ?? { items }
  },
})
