import type { Routes } from '../../../lib/entry/match.ts'
import { serve } from '../../../lib/entry/serve.ts'
import { production } from '../../../lib/production-sign-in.ts'
import { askLink } from './ask-link.ts'
import { changeCompany } from './change-company.ts'
import { changeRules } from './change-rules.ts'
import { endOtherSessions } from './end-other-sessions.ts'
import { endSession } from './end-session.ts'
import { getCompany } from './get-company.ts'
import { getRules } from './get-rules.ts'
import { link } from './link.ts'
import { listIdentities } from './list-identities.ts'
import { listSessions } from './list-sessions.ts'
import { setUpCompany } from './set-up-company.ts'
import { unlink } from './unlink.ts'

/** How people sign in: where they are signed in, by which accounts, and what an organization asks of it. */
export const routes = {
  'GET /sessions': listSessions,
  'DELETE /sessions': endOtherSessions,
  'DELETE /sessions/:sessionId': endSession,
  'GET /identities': listIdentities,
  'POST /identities': link,
  'DELETE /identities/:identityId': unlink,
  'POST /link-tickets': askLink,
  'GET /organizations/:organizationId': getRules,
  'PUT /organizations/:organizationId': changeRules,
  'GET /organizations/:organizationId/company': getCompany,
  'PUT /organizations/:organizationId/company': changeCompany,
  'POST /organizations/:organizationId/company': setUpCompany,
} satisfies Routes

export const main = serve(routes, production)
