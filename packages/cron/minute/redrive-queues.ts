import type { Duty } from '../../../lib/entry/schedule.ts'
import { wakeQueue } from '../../../lib/work/queue.ts'

/** Messages that should long have started, because nothing runs before them. */
export const redriveQueues: Duty = ({ within }) =>
  within(async ({ upkeep, jobs }) => {
    const idle = await upkeep.idleQueues(25)
    for (const projectId of idle) await wakeQueue({ jobs }, projectId)
    return idle.length
  })
