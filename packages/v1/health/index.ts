import type { Routes } from '../../../lib/entry/match.ts'
import { serve } from '../../../lib/entry/serve.ts'
import { production } from '../../../lib/production.ts'
import { getHealth } from './get.ts'

export const routes = { 'GET /': getHealth } satisfies Routes

export const main = serve(routes, production)
