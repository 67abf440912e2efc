import { MemberChange, MemberPath, Team } from '../../../lib/contract/organization.ts'
import { ofOrganization } from '../../../lib/entry/locate.ts'
import { operation } from '../../../lib/entry/operation.ts'
import { changeRefusals, refusalOf } from './refusals.ts'

export const setRole = operation({
  summary: 'Give a member of an organization another role',
  path: MemberPath,
  body: MemberChange,
  may: ['member.change', ofOrganization],
  answers: [200, Team],
  refuses: changeRefusals,
  async run({ path: { organizationId, userId }, body: { role }, principal, requestId }, { organizations, audit }) {
    const [, outcome, items] = await Promise.all([
      audit.record({ organizationId, principal, action: `member.role.${role}`, subject: userId, requestId }),
      organizations.setRole(organizationId, userId, role),
      organizations.members(organizationId),
    ])
    return refusalOf(outcome) ?? { items }
  },
})
