import type { Routes } from '../../../lib/entry/match.ts'
import { serve } from '../../../lib/entry/serve.ts'
import { production } from '../../../lib/production.ts'

/** Keys that open the API: of the caller, or of an organization. */
export const routes = {
  'GET /': () => import('./list.ts'),
  'POST /': () => import('./make.ts'),
  'POST /:keyId/rotate': () => import('./rotate.ts'),
  'DELETE /:keyId': () => import('./revoke.ts'),
  'GET /organizations/:organizationId': () => import('./list-of-organization.ts'),
  'POST /organizations/:organizationId': () => import('./make-for-organization.ts'),
  'POST /organizations/:organizationId/:keyId/rotate': () => import('./rotate-of-organization.ts'),
  'DELETE /organizations/:organizationId/:keyId': () => import('./revoke-of-organization.ts'),
} satisfies Routes

export const main = serve(routes, production)
