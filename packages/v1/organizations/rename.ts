import { OrganizationPath } from '../../../lib/contract/engine.ts'
import { Organization, OrganizationChange } from '../../../lib/contract/organization.ts'
import { ofOrganization } from '../../../lib/entry/locate.ts'
import { operation, refuse } from '../../../lib/entry/operation.ts'

export const renameOrganization = operation({
  summary: 'Give an organization another name',
  path: OrganizationPath,
  body: OrganizationChange,
  may: ['organization.update', ofOrganization],
  answers: [200, Organization],
  refuses: ['not_found'],
  async run({ path: { organizationId }, body: { name }, principal, requestId }, { organizations, audit }) {
    const [, changed] = await Promise.all([
      organizations.rename(organizationId, name),
      organizations.find(organizationId),
      audit.record({ organizationId, principal, action: 'organization.update', subject: organizationId, requestId }),
    ])
    return changed ?? refuse('not_found')
  },
})
