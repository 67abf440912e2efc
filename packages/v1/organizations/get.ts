import { OrganizationPath } from '../../../lib/contract/engine.ts'
import { Organization } from '../../../lib/contract/organization.ts'
import { ofOrganization } from '../../../lib/entry/locate.ts'
import { readingOperation, refuse } from '../../../lib/entry/operation.ts'

export const getOrganization = readingOperation({
  summary: 'Read what an organization is called, how many belong to it, and your role in it',
  path: OrganizationPath,
  may: ['organization.read', ofOrganization],
  answers: [200, Organization],
  refuses: ['not_found'],
  run: async ({ path: { organizationId } }, { organizations }) =>
    (await organizations.find(organizationId)) ?? refuse('not_found'),
})
