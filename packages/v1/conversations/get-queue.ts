import { ConversationPath, Queue } from '../../../lib/contract/conversation.ts'
import { inProject } from '../../../lib/entry/locate.ts'
import { readingOperation } from '../../../lib/entry/operation.ts'

export const getQueue = readingOperation({
  summary: 'The messages that wait until the run before them has ended, in the order they will start',
  path: ConversationPath,
  may: ['project.read', inProject],
  answers: [200, Queue],
  run: ({ path: { projectId } }, { queue }) => queue.list(projectId),
})
