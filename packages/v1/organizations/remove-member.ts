import * as z from 'zod/mini'
import { MemberPath } from '../../../lib/contract/organization.ts'
import { ofOrganization } from '../../../lib/entry/locate.ts'
import { operation } from '../../../lib/entry/operation.ts'
import { changeRefusals, refusalOf } from './refusals.ts'

export const removeMember = operation({
  summary: 'Remove somebody from an organization: out with the next request',
  path: MemberPath,
  may: ['member.change', ofOrganization],
  answers: [204, z.null()],
  refuses: changeRefusals,
  async run({ path: { organizationId, userId }, principal, requestId }, { organizations, audit, addressEndings }) {
    // Written down first: whoever removes themselves may write nothing here afterwards.
    const [, outcome] = await Promise.all([
      audit.record({ organizationId, principal, action: 'member.remove', subject: userId, requestId }),
      organizations.remove(organizationId, userId),
      addressEndings.begin(),
    ])
    return refusalOf(outcome) ?? null
  },
})
