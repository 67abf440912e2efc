import type { Routes } from '../../../lib/entry/match.ts'
import { serve } from '../../../lib/entry/serve.ts'
import { production } from '../../../lib/production.ts'
import { callModel } from './call.ts'
import { getCall } from './get-call.ts'

export const routes = {
  'POST /calls': callModel,
  'GET /calls/:callId': getCall,
} satisfies Routes

export const main = serve(routes, production)
