import * as z from 'zod/mini'
import { QueuedMessagePath } from '../../../lib/contract/conversation.ts'
import { inProject } from '../../../lib/entry/locate.ts'
import { operation, refuse } from '../../../lib/entry/operation.ts'
import { sayQueueChanged } from './say-queue-changed.ts'

export const removeMessage = operation({
  summary: 'Take back a message that waits',
  path: QueuedMessagePath,
  may: ['generation.start', inProject],
  answers: [204, z.null()],
  refuses: ['not_found'],
  async run({ path: { projectId, messageId }, ...by }, desk) {
    await desk.queue.hold(projectId)
    if (!(await desk.queue.remove(projectId, messageId))) return refuse('not_found', 'It was removed, or has started.')
    await sayQueueChanged(desk, { projectId, action: 'queue.remove', subject: messageId, by })
    return null
  },
})
