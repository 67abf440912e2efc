import { FlagExceptionPath, Flags } from '../../../lib/contract/flag.ts'
import { refuse } from '../../../lib/entry/operation.ts'
import { operatorOperation } from '../../../lib/entry/operator-operation.ts'
import { writeDown } from './deed.ts'

export const unexceptFlag = operatorOperation({
  summary: 'Take back what was set for one organization: its share decides again',
  deed: 'flag.unexcept',
  path: FlagExceptionPath,
  answers: [200, Flags],
  refuses: ['not_found'],
  async run(given, desk) {
    const { name, organizationId } = given.path
    if (!(await desk.flags.except(name, organizationId, null))) return refuse('not_found')
    await writeDown(desk, { given, organizationId, subject: name })
    return { items: await desk.flags.list() }
  },
})
