import type { Routes } from '../../../lib/entry/match.ts'
import { serve } from '../../../lib/entry/serve.ts'
import { production } from '../../../lib/production.ts'
import { endOtherSessions } from './end-other-sessions.ts'
import { endSession } from './end-session.ts'
import { listSessions } from './list-sessions.ts'

/** How people sign in: where they are signed in. */
export const routes = {
  'GET /sessions': listSessions,
  'DELETE /sessions': endOtherSessions,
  'DELETE /sessions/:sessionId': endSession,
} satisfies Routes

export const main = serve(routes, production)
