import type { Routes } from '../../../lib/entry/match.ts'
import { serve } from '../../../lib/entry/serve.ts'
import { production } from '../../../lib/production.ts'
import { openInvitation } from './open.ts'

/** What somebody does who has an invitation. */
export const routes = {
  'GET /:token': openInvitation,
  'POST /:token': () => import('./accept.ts'),
} satisfies Routes

export const main = serve(routes, production)
