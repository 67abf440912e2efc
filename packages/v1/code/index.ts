import type { Routes } from '../../../lib/entry/match.ts'
import { serve } from '../../../lib/entry/serve.ts'
import { production } from '../../../lib/production.ts'

/** What the editor asks beside the versions themselves: search in their files, and which of them no run may change. */
export const routes = {
  'GET /:projectId/search': () => import('./search.ts'),
  'GET /:projectId/locks': () => import('./list-locks.ts'),
  'PUT /:projectId/locks/*path': () => import('./lock.ts'),
  'DELETE /:projectId/locks/*path': () => import('./unlock.ts'),
} satisfies Routes

export const main = serve(routes, production)
