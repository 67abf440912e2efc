import type { Routes } from '../../../lib/entry/match.ts'
import { serve } from '../../../lib/entry/serve.ts'
import { production } from '../../../lib/production.ts'

/** What people say in a project beside `generate`: the messages that wait, prices, images, earlier requests asked again. */
export const routes = {
  'GET /:projectId/queue': () => import('./get-queue.ts'),
} satisfies Routes

export const main = serve(routes, production)
