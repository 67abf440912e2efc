import type { Routes } from '../../../lib/entry/match.ts'
import { serve } from '../../../lib/entry/serve.ts'
import { production } from '../../../lib/production.ts'

/** The place a project is made in: the settings of its sandbox, what it used and may cost, what it is told in secret. */
export const routes = {
  'GET /:projectId/sandbox': () => import('./get-settings.ts'),
  'PUT /:projectId/sandbox': () => import('./change-settings.ts'),
  'POST /:projectId/sandbox/restart': () => import('./restart.ts'),
  'GET /:projectId/usage': () => import('./get-usage.ts'),
  'GET /:projectId/limits': () => import('./get-limits.ts'),
  'PUT /:projectId/limits': () => import('./change-limits.ts'),
  'PUT /:projectId/organization': () => import('./move-project.ts'),
  'GET /:projectId/members': () => import('./list-members.ts'),
  'GET /:projectId/secrets': () => import('./list-secrets.ts'),
  'PUT /:projectId/secrets/:name': () => import('./set-secret.ts'),
  'DELETE /:projectId/secrets/:name': () => import('./remove-secret.ts'),
} satisfies Routes

export const main = serve(routes, production)
