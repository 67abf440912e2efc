import type { Routes } from '../../../lib/entry/match.ts'
import { serve } from '../../../lib/entry/serve.ts'
import { production } from '../../../lib/production.ts'
import { openShare } from './open.ts'

/** Links that show a running app to whoever has them. */
export const routes = {
  'GET /open/:token': openShare,
  'GET /:projectId': () => import('./list.ts'),
  'POST /:projectId': () => import('./make.ts'),
  'DELETE /:projectId/:shareId': () => import('./revoke.ts'),
} satisfies Routes

export const main = serve(routes, production)
