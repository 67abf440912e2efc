import { OrganizationDetail, OrganizationPath } from '../../../lib/contract/operator.ts'
import { refuse } from '../../../lib/entry/operation.ts'
import { operatorOperation } from '../../../lib/entry/operator-operation.ts'
import { writeDown } from './deed.ts'

export const removeGrant = operatorOperation({
  summary: 'Take back what was set for an organization: what it pays for holds again',
  deed: 'grant.remove',
  path: OrganizationPath,
  answers: [200, OrganizationDetail],
  refuses: ['not_found'],
  async run(given, desk) {
    const { organizationId } = given.path
    if (!(await desk.suspensions.grant(organizationId, null))) return refuse('not_found')
    await writeDown(desk, { given, organizationId, subject: organizationId })
    return (await desk.roster.organization(organizationId)) ?? refuse('not_found')
  },
})
