import type { Routes } from '../../../lib/entry/match.ts'
import { serve } from '../../../lib/entry/serve.ts'
import { production } from '../../../lib/production-payments.ts'

/** How an organization pays. Reading asks our own tables alone, so it works while the provider of payments is down. */
export const routes = {
  'GET /:organizationId': () => import('./get.ts'),
  'GET /:organizationId/invoices': () => import('./list-invoices.ts'),
  'GET /:organizationId/over': () => import('./list-over.ts'),
  'POST /:organizationId/checkout': () => import('./check-out.ts'),
  'POST /:organizationId/portal': () => import('./open-portal.ts'),
  'GET /:organizationId/seats': () => import('./preview-seats.ts'),
  'PUT /:organizationId/seats': () => import('./change-seats.ts'),
  'POST /:organizationId/top-ups': () => import('./top-up.ts'),
  'PUT /:organizationId/beyond': () => import('./allow-beyond.ts'),
  'POST /:organizationId/refresh': () => import('./refresh.ts'),
} satisfies Routes

export const main = serve(routes, production)
