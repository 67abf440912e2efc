import { MemberCaps, OrganizationPath } from '../../../lib/contract/engine.ts'
import { periodOf } from '../../../lib/domain/quota.ts'
import { ofOrganization } from '../../../lib/entry/locate.ts'
import { readingOperation } from '../../../lib/entry/operation.ts'

export const listMemberCaps = readingOperation({
  summary: 'List what each member of an organization may cost, and what they cost this month',
  path: OrganizationPath,
  may: ['organization.usage', ofOrganization],
  answers: [200, MemberCaps],
  run: async ({ path: { organizationId } }, { caps, now }) => ({
    items: await caps.members(organizationId, periodOf(now())),
  }),
})
