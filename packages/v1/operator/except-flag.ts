import { FlagException, FlagExceptionPath, Flags } from '../../../lib/contract/flag.ts'
import { refuse } from '../../../lib/entry/operation.ts'
import { operatorOperation } from '../../../lib/entry/operator-operation.ts'
import { writeDown } from './deed.ts'

export const exceptFlag = operatorOperation({
  summary: 'Switch something on or off for one organization, whatever its share is',
  deed: 'flag.except',
  path: FlagExceptionPath,
  body: FlagException,
  answers: [200, Flags],
  refuses: ['not_found'],
  async run(given, desk) {
    const { name, organizationId } = given.path
    const { on } = given.body
    if (!(await desk.flags.except(name, organizationId, on))) return refuse('not_found', 'No such organization.')
    const detail = { on: on ? 'yes' : 'no' }
    await writeDown(desk, { given, organizationId, subject: name, detail })
    return { items: await desk.flags.list() }
  },
})
