import type { Routes } from '../../../lib/entry/match.ts'
import { serve } from '../../../lib/entry/serve.ts'
import { production } from '../../../lib/production.ts'
import { callModel } from './call.ts'
import { getCall } from './get-call.ts'
import { listModels } from './list.ts'

export const routes = {
  'GET /': listModels,
  'POST /calls': callModel,
  'GET /calls/:callId': getCall,
} satisfies Routes

export const main = serve(routes, production)
