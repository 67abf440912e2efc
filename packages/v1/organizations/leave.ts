import * as z from 'zod/mini'
import { OrganizationPath } from '../../../lib/contract/engine.ts'
import { personOf } from '../../../lib/domain/access.ts'
import { ofOrganization } from '../../../lib/entry/locate.ts'
import { operation } from '../../../lib/entry/operation.ts'
import { changeRefusals, refusalOf } from './refusals.ts'

export const leaveOrganization = operation({
  summary: 'Leave an organization; its last owner cannot',
  path: OrganizationPath,
  may: ['member.leave', ofOrganization],
  answers: [204, z.null()],
  refuses: changeRefusals,
  async run({ path: { organizationId }, principal, requestId }, { organizations, audit, addressEndings }) {
    const userId = personOf(principal)
    // Written down first: whoever has left may write nothing here.
    const [, outcome] = await Promise.all([
      audit.record({ organizationId, principal, action: 'member.leave', subject: userId, requestId }),
      organizations.remove(organizationId, userId),
      addressEndings.begin(),
    ])
    return refusalOf(outcome) ?? null
  },
})
