import { Grant, OrganizationDetail, OrganizationPath } from '../../../lib/contract/operator.ts'
import { refuse } from '../../../lib/entry/operation.ts'
import { operatorOperation } from '../../../lib/entry/operator-operation.ts'
import { writeDown } from './deed.ts'

export const setGrant = operatorOperation({
  summary: 'Set a tier or limits for an organization instead of those it pays for, until a day and for a reason',
  deed: 'grant.set',
  path: OrganizationPath,
  body: Grant,
  answers: [200, OrganizationDetail],
  refuses: ['not_found', 'invalid_request'],
  async run(given, desk) {
    const { organizationId } = given.path
    const { tier, limits, until, reason } = given.body
    if (tier === null && Object.keys(limits).length === 0) return refuse('invalid_request', 'Set a tier or a limit.')
    if (limits.sandboxSizes?.length === 0) return refuse('invalid_request', 'Name at least one size of sandbox.')
    if (until !== null && new Date(until) <= desk.now()) return refuse('invalid_request', 'The end has passed.')
    if (!(await desk.suspensions.grant(organizationId, given.body))) return refuse('not_found')
    const detail = { tier, limits: JSON.stringify(limits), until, reason }
    await writeDown(desk, { given, organizationId, subject: organizationId, detail })
    return (await desk.roster.organization(organizationId)) ?? refuse('not_found')
  },
})
