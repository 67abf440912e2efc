import { ConversationPath, Queue, QueueOrder } from '../../../lib/contract/conversation.ts'
import { inProject } from '../../../lib/entry/locate.ts'
import { operation, refuse } from '../../../lib/entry/operation.ts'
import { wakeQueue } from '../../../lib/work/queue.ts'
import { sayQueueChanged } from './say-queue-changed.ts'

export const orderQueue = operation({
  summary: 'Put the messages that wait in another order, or let a paused queue go on',
  path: ConversationPath,
  body: QueueOrder,
  may: ['generation.start', inProject],
  answers: [200, Queue],
  refuses: ['conflict', 'not_found'],
  async run({ path: { projectId }, body: { order, resume }, ...by }, desk) {
    const { queue } = desk
    const door = await queue.hold(projectId)
    if (!door) return refuse('not_found')
    if (order && !(await queue.order(projectId, order))) {
      return refuse('conflict', 'Other messages wait now: look again, and name each of them once.')
    }
    if (resume) {
      await queue.pause(projectId, null)
      await wakeQueue(desk, projectId)
    }
    const action = resume ? 'queue.resume' : 'queue.order'
    return sayQueueChanged(desk, { projectId, action, subject: projectId, by })
  },
})
