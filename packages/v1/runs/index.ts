import type { Routes } from '../../../lib/entry/match.ts'
import { serve } from '../../../lib/entry/serve.ts'
import { production } from '../../../lib/production.ts'

/** What the runner says of its run, apart from what people ask, so that neither waits for the other's cold start. */
export const routes = {
  'POST /:projectId/:generationId/events': () => import('./report-events.ts'),
  'POST /:projectId/:generationId/end': () => import('./report-end.ts'),
} satisfies Routes

export const main = serve(routes, production)
