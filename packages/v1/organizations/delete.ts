import { Deletion } from '../../../lib/contract/deletion.ts'
import { OrganizationPath } from '../../../lib/contract/engine.ts'
import { ofOrganization } from '../../../lib/entry/locate.ts'
import { operation, refuse } from '../../../lib/entry/operation.ts'

export const deleteOrganization = operation({
  summary: 'Delete an organization with all projects; nobody is let in from now on, and what it pays for ends',
  path: OrganizationPath,
  may: ['organization.delete', ofOrganization],
  answers: [202, Deletion],
  refuses: ['not_found', 'conflict'],
  async run({ path: { organizationId }, principal, requestId }, { audit, closures }) {
    // Written down first: whoever is out may write nothing here.
    const [, asked] = await Promise.all([
      audit.record({ organizationId, principal, action: 'organization.delete', subject: organizationId, requestId }),
      closures.organization(organizationId),
    ])
    if (asked === 'personal') return refuse('conflict', 'A personal organization goes with its account.')
    return typeof asked === 'object' && 'receiptId' in asked ? asked : refuse('not_found')
  },
})
