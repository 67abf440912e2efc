import * as z from 'zod/mini'
import { Because, OrganizationPath } from '../../../lib/contract/operator.ts'
import { refuse } from '../../../lib/entry/operation.ts'
import { operatorOperation } from '../../../lib/entry/operator-operation.ts'
import { writeDown } from './deed.ts'
import { stopRuns } from './stop.ts'
import { tellOwners } from './tell.ts'

export const suspendOrganization = operatorOperation({
  summary: 'Suspend an organization: the very next request is refused with the reason, and its runs stop',
  deed: 'organization.suspend',
  path: OrganizationPath,
  body: Because,
  answers: [204, z.null()],
  refuses: ['not_found'],
  async run(given, desk) {
    const { organizationId } = given.path
    const { reason } = given.body
    if (!(await desk.suspensions.organization(organizationId, reason))) return refuse('not_found')
    const deed = {
      given,
      organizationId,
      subject: organizationId,
      detail: { reason },
    } as const
    await writeDown(desk, deed)
    await stopRuns(desk, await desk.running.of({ organizationId }))
    await desk.addressEndings.begin()
    await tellOwners(desk, { requestId: given.requestId, organizationId, reason })
    return null
  },
})
