import type { Routes } from '../../../lib/entry/match.ts'
import { serve } from '../../../lib/entry/serve.ts'
import { production } from '../../../lib/production.ts'
import { getUser } from './get.ts'

export const routes = { 'GET /': getUser } satisfies Routes

export const main = serve(routes, production)
