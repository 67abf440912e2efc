import type { Routes } from '../../../lib/entry/match.ts'
import { serve } from '../../../lib/entry/serve.ts'
import { production } from '../../../lib/production.ts'
import { openReceipt } from './open-receipt.ts'

/** Who did what to what in an organization. */
export const routes = {
  'GET /receipts/:receiptId': openReceipt,
  'GET /:organizationId': () => import('./list.ts'),
  'GET /:organizationId/receipts': () => import('./list-receipts.ts'),
  'GET /:organizationId/export': () => import('./export.ts'),
} satisfies Routes

export const main = serve(routes, production)
