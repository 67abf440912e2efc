import * as z from 'zod/mini'
import { Because, PersonPath } from '../../../lib/contract/operator.ts'
import { personOf } from '../../../lib/domain/access.ts'
import { refuse } from '../../../lib/entry/operation.ts'
import { operatorOperation } from '../../../lib/entry/operator-operation.ts'
import { writeDown } from './deed.ts'
import { stopRuns } from './stop.ts'
import { tellOwners } from './tell.ts'

export const suspendPerson = operatorOperation({
  summary: 'Suspend a person: the very next request is refused with the reason, and their runs stop',
  deed: 'person.suspend',
  path: PersonPath,
  body: Because,
  answers: [204, z.null()],
  refuses: ['not_found', 'conflict'],
  async run(given, desk) {
    const { userId } = given.path
    const { reason } = given.body
    if (userId === personOf(given.principal)) return refuse('conflict', 'Nobody suspends themselves.')
    const organizationId = await desk.roster.ownOf(userId)
    if (!organizationId || !(await desk.suspensions.person(userId, reason))) return refuse('not_found')
    await writeDown(desk, { given, organizationId, subject: userId, detail: { reason } })
    await stopRuns(desk, await desk.running.of({ userId }))
    await desk.addressEndings.begin()
    await tellOwners(desk, { requestId: given.requestId, organizationId, reason })
    return null
  },
})
