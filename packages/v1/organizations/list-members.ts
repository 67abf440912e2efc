import { OrganizationPath } from '../../../lib/contract/engine.ts'
import { Team } from '../../../lib/contract/organization.ts'
import { ofOrganization } from '../../../lib/entry/locate.ts'
import { readingOperation } from '../../../lib/entry/operation.ts'

export const listTeam = readingOperation({
  summary: 'List who belongs to an organization, owners first',
  path: OrganizationPath,
  may: ['member.list', ofOrganization],
  answers: [200, Team],
  run: async ({ path: { organizationId } }, { organizations }) => ({
    items: await organizations.members(organizationId),
  }),
})
