import { Caps } from '../../../lib/contract/engine.ts'
import { MemberPath } from '../../../lib/contract/organization.ts'
import { ofOrganization } from '../../../lib/entry/locate.ts'
import { operation } from '../../../lib/entry/operation.ts'
import { changeRefusals, refusalOf } from './refusals.ts'

export const setMemberCaps = operation({
  summary: 'Set what a member of an organization may cost; runs under way keep what was set aside for them',
  path: MemberPath,
  body: Caps,
  may: ['member.change', ofOrganization],
  answers: [200, Caps],
  refuses: changeRefusals,
  async run({ path: { organizationId, userId }, body, principal, requestId }, { caps, audit }) {
    const [outcome] = await Promise.all([
      caps.capMember(organizationId, userId, body),
      audit.record({ organizationId, principal, action: 'member.caps', subject: userId, requestId }),
    ])
    return refusalOf(outcome) ?? body
  },
})
