import { FlagPath, Flags, FlagShare } from '../../../lib/contract/flag.ts'
import { operatorOperation } from '../../../lib/entry/operator-operation.ts'
import { writeOwnDown } from './deed.ts'

export const shareFlag = operatorOperation({
  summary: 'Switch something on for so many of a hundred organizations',
  deed: 'flag.share',
  path: FlagPath,
  body: FlagShare,
  answers: [200, Flags],
  async run(given, desk) {
    const { name } = given.path
    const { percent } = given.body
    await desk.flags.share(name, percent)
    await writeOwnDown(desk, { given, subject: name, detail: { percent: String(percent) } })
    return { items: await desk.flags.list() }
  },
})
