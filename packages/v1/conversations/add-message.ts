import { ConversationPath, mostQueued, WrittenMessage } from '../../../lib/contract/conversation.ts'
import { NewGeneration } from '../../../lib/contract/generation.ts'
import { newId } from '../../../lib/contract/ids.ts'
import { personOf } from '../../../lib/domain/access.ts'
import { screenWish } from '../../../lib/domain/screening.ts'
import { inProject } from '../../../lib/entry/locate.ts'
import { operation, refuse } from '../../../lib/entry/operation.ts'
import { faultOfAttachments } from '../../../lib/work/attached-images.ts'
import { wakeQueue } from '../../../lib/work/queue.ts'
import { sayQueueChanged } from './say-queue-changed.ts'

export const addMessage = operation({
  summary: 'Say what shall be built once the run that is under way has ended well',
  path: ConversationPath,
  body: NewGeneration,
  may: ['generation.start', inProject],
  rate: 'spend',
  answers: [201, WrittenMessage],
  refuses: ['invalid_request', 'conflict', 'not_found'],
  async run({ path: { projectId }, body, principal, standing, requestId }, desk) {
    const { prompt, attachments, masked } = screenWish(body)
    if (prompt === '') return refuse('invalid_request', 'Say what to build.')
    const fault = await faultOfAttachments(desk, projectId, attachments)
    if (fault) return refuse('invalid_request', fault)
    const door = await desk.queue.hold(projectId)
    if (!door) return refuse('not_found')
    const id = newId('message')
    const message = { id, projectId, writtenBy: personOf(principal), wish: { ...body, prompt, attachments } }
    if (!(await desk.queue.add(message, mostQueued))) {
      return refuse('conflict', `At most ${mostQueued} messages wait at once.`)
    }
    // The run that it was written behind may have ended meanwhile: then nothing else would start it.
    if (door.activeGenerationId === null && door.paused === null) await wakeQueue(desk, projectId)
    await sayQueueChanged(desk, { projectId, action: 'queue.add', subject: id, by: { principal, standing, requestId } })
    return { id, prompt, mode: body.mode, attachments, masked, createdAt: desk.now().toISOString() }
  },
})
