import * as z from 'zod/mini'
import { OrganizationPath } from '../../../lib/contract/operator.ts'
import { refuse } from '../../../lib/entry/operation.ts'
import { operatorOperation } from '../../../lib/entry/operator-operation.ts'
import { writeDown } from './deed.ts'
import { tellOwners } from './tell.ts'

export const readmitOrganization = operatorOperation({
  summary: 'Let a suspended organization work again',
  deed: 'organization.readmit',
  path: OrganizationPath,
  answers: [204, z.null()],
  refuses: ['not_found'],
  async run(given, desk) {
    const { organizationId } = given.path
    if (!(await desk.suspensions.organization(organizationId, null))) return refuse('not_found')
    await writeDown(desk, { given, organizationId, subject: organizationId })
    await tellOwners(desk, { requestId: given.requestId, organizationId, reason: null })
    return null
  },
})
