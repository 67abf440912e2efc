import * as z from 'zod/mini'
import { Because, RunPath } from '../../../lib/contract/operator.ts'
import { refuse } from '../../../lib/entry/operation.ts'
import { operatorOperation } from '../../../lib/entry/operator-operation.ts'
import { writeDown } from './deed.ts'
import { stopRuns } from './stop.ts'
import { tellRequester } from './tell.ts'

export const stopRun = operatorOperation({
  summary: 'Stop a run, whoever asked for it: what it made is kept, what it did not use returns',
  deed: 'run.stop',
  path: RunPath,
  body: Because,
  answers: [204, z.null()],
  refuses: ['not_found'],
  async run(given, desk) {
    const run = await desk.running.find(given.path.generationId)
    if (!run) return refuse('not_found', 'No such run waits or goes on.')
    const { id, organizationId } = run
    const detail = { reason: given.body.reason }
    await writeDown(desk, { given, organizationId, subject: id, detail })
    await tellRequester(desk, { ...run, reason: given.body.reason })
    await stopRuns(desk, [run])
    return null
  },
})
