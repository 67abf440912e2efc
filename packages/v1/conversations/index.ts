import type { Routes } from '../../../lib/entry/match.ts'
import { serve } from '../../../lib/entry/serve.ts'
import { production } from '../../../lib/production.ts'

/** What people say in a project beside `generate`: the messages that wait, prices, images, earlier requests asked again. */
export const routes = {
  'POST /:projectId/quote': () => import('./quote.ts'),
  'GET /:projectId/queue': () => import('./get-queue.ts'),
  'POST /:projectId/queue': () => import('./add-message.ts'),
  'PUT /:projectId/queue': () => import('./order-queue.ts'),
  'PUT /:projectId/queue/:messageId': () => import('./change-message.ts'),
  'DELETE /:projectId/queue/:messageId': () => import('./remove-message.ts'),
  'GET /:projectId/recordings/:generationId': () => import('./show-recording.ts'),
  'POST /:projectId/recordings/:generationId': () => import('./store-recording.ts'),
  'POST /:projectId/recordings/:generationId/addresses': () => import('./show-recorded.ts'),
  'GET /:projectId/recordings/:generationId/calls/:callId': () => import('./show-recorded-call.ts'),
  'POST /:projectId/improve': () => import('./improve.ts'),
  'POST /:projectId/retry': () => import('./retry.ts'),
  'POST /:projectId/images': () => import('./announce-image.ts'),
  'GET /:projectId/images/:imageId': () => import('./show-image.ts'),
  'POST /:projectId/images/:imageId/checked': () => import('./check-image.ts'),
} satisfies Routes

export const main = serve(routes, production)
