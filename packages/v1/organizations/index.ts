import type { Routes } from '../../../lib/entry/match.ts'
import { serve } from '../../../lib/entry/serve.ts'
import { production } from '../../../lib/production.ts'

/** How an organization uses models. */
export const routes = {
  'GET /:organizationId/engine': () => import('./get-engine.ts'),
  'PUT /:organizationId/engine': () => import('./change-engine.ts'),
  'PUT /:organizationId/own-model': () => import('./set-own-model.ts'),
  'DELETE /:organizationId/own-model': () => import('./remove-own-model.ts'),
} satisfies Routes

export const main = serve(routes, production)
