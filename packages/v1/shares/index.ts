import type { Routes } from '../../../lib/entry/match.ts'
import { serve } from '../../../lib/entry/serve.ts'
import { production } from '../../../lib/production.ts'
import { openShare } from './open.ts'

/** With whom a project is shared: links that show its running app, and guests. */
export const routes = {
  'GET /open/:token': openShare,
  'GET /:projectId/guests': () => import('./list-guests.ts'),
  'POST /:projectId/guests': () => import('./invite-guest.ts'),
  'DELETE /:projectId/guests/me': () => import('./leave-project.ts'),
  'PUT /:projectId/guests/:userId': () => import('./set-guest-role.ts'),
  'DELETE /:projectId/guests/:userId': () => import('./remove-guest.ts'),
  'DELETE /:projectId/invited/:invitationId': () => import('./revoke-guest.ts'),
  'GET /:projectId': () => import('./list.ts'),
  'POST /:projectId': () => import('./make.ts'),
  'DELETE /:projectId/:shareId': () => import('./revoke.ts'),
} satisfies Routes

export const main = serve(routes, production)
