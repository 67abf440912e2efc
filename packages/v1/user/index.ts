import type { Routes } from '../../../lib/entry/match.ts'
import { serve } from '../../../lib/entry/serve.ts'
import { production } from '../../../lib/production.ts'
import { acceptTerms } from './accept-terms.ts'
import { getBill } from './get-bill.ts'
import { getCaps } from './get-caps.ts'
import { getUsage } from './get-usage.ts'
import { getUser } from './get.ts'
import { listOpenPayments } from './list-open-payments.ts'
import { setCaps } from './set-caps.ts'

export const routes = {
  'GET /': getUser,
  'POST /terms': acceptTerms,
  'GET /exports': () => import('./list-exports.ts'),
  'POST /exports': () => import('./ask-export.ts'),
  'DELETE /': () => import('./delete.ts'),
  'GET /usage': getUsage,
  'GET /billing': getBill,
  'GET /open-payments': listOpenPayments,
  'GET /caps': getCaps,
  'PUT /caps': setCaps,
} satisfies Routes

export const main = serve(routes, production)
