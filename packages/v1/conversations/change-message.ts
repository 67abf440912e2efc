import { QueuedMessageChange, QueuedMessagePath, WrittenMessage } from '../../../lib/contract/conversation.ts'
import { personOf } from '../../../lib/domain/access.ts'
import { screenText } from '../../../lib/domain/screening.ts'
import { inProject } from '../../../lib/entry/locate.ts'
import { operation, refuse } from '../../../lib/entry/operation.ts'
import { sayQueueChanged } from './say-queue-changed.ts'

export const changeMessage = operation({
  summary: 'Change the words of a message that waits',
  path: QueuedMessagePath,
  body: QueuedMessageChange,
  may: ['generation.start', inProject],
  answers: [200, WrittenMessage],
  refuses: ['invalid_request', 'not_found'],
  async run({ path: { projectId, messageId }, body, ...by }, desk) {
    const { text, masked } = screenText(body.prompt)
    const prompt = text.trim()
    if (prompt === '') return refuse('invalid_request', 'Say what to build.')
    await desk.queue.hold(projectId)
    const changed = await desk.queue.change({ id: messageId, projectId, writtenBy: personOf(by.principal), prompt })
    if (!changed) return refuse('not_found', 'It was removed, or has started.')
    await sayQueueChanged(desk, { projectId, action: 'queue.change', subject: messageId, by })
    return { ...changed, masked }
  },
})
