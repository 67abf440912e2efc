import * as z from 'zod/mini'
import { PersonPath } from '../../../lib/contract/operator.ts'
import { refuse } from '../../../lib/entry/operation.ts'
import { operatorOperation } from '../../../lib/entry/operator-operation.ts'
import { writeDown } from './deed.ts'
import { tellOwners } from './tell.ts'

export const readmitPerson = operatorOperation({
  summary: 'Let a suspended person in again',
  deed: 'person.readmit',
  path: PersonPath,
  answers: [204, z.null()],
  refuses: ['not_found'],
  async run(given, desk) {
    const { userId } = given.path
    const organizationId = await desk.roster.ownOf(userId)
    if (!organizationId || !(await desk.suspensions.person(userId, null))) return refuse('not_found')
    await writeDown(desk, { given, organizationId, subject: userId })
    await tellOwners(desk, { requestId: given.requestId, organizationId, reason: null })
    return null
  },
})
