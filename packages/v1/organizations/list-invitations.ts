import { OrganizationPath } from '../../../lib/contract/engine.ts'
import { Invitations } from '../../../lib/contract/organization.ts'
import { ofOrganization } from '../../../lib/entry/locate.ts'
import { readingOperation } from '../../../lib/entry/operation.ts'

export const listInvitations = readingOperation({
  summary: 'List the invitations that can still be accepted, newest first',
  path: OrganizationPath,
  may: ['invitation.list', ofOrganization],
  answers: [200, Invitations],
  run: async ({ path: { organizationId } }, { invitations }) => ({ items: await invitations.list(organizationId) }),
})
