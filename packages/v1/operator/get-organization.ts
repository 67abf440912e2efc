import { OrganizationDetail, OrganizationPath } from '../../../lib/contract/operator.ts'
import { refuse } from '../../../lib/entry/operation.ts'
import { operatorOperation } from '../../../lib/entry/operator-operation.ts'

export const getOrganization = operatorOperation({
  summary: 'Read one organization with what it may use, for the operator',
  path: OrganizationPath,
  answers: [200, OrganizationDetail],
  refuses: ['not_found'],
  run: async ({ path: { organizationId } }, { roster }) =>
    (await roster.organization(organizationId)) ?? refuse('not_found'),
})
