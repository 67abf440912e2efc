import { UnderWay } from '../../../lib/contract/operator.ts'
import { operatorOperation } from '../../../lib/entry/operator-operation.ts'

export const listRuns = operatorOperation({
  summary: 'List what runs and waits on the whole installation, for its operator',
  answers: [200, UnderWay],
  async run(_, { running }) {
    const [runs, jobs] = await Promise.all([running.runs(), running.jobs()])
    return { runs, jobs }
  },
})
