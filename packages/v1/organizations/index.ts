import type { Routes } from '../../../lib/entry/match.ts'
import { serve } from '../../../lib/entry/serve.ts'
import { production } from '../../../lib/production.ts'

/** Organizations: who belongs to them, whom they invite, how they use models, what they used. */
export const routes = {
  'POST /': () => import('./make.ts'),
  'GET /:organizationId': () => import('./get.ts'),
  'PUT /:organizationId': () => import('./rename.ts'),
  'DELETE /:organizationId': () => import('./delete.ts'),
  'GET /:organizationId/members': () => import('./list-members.ts'),
  'PUT /:organizationId/members/:userId': () => import('./set-role.ts'),
  'DELETE /:organizationId/members/:userId': () => import('./remove-member.ts'),
  'GET /:organizationId/caps': () => import('./list-member-caps.ts'),
  'PUT /:organizationId/caps/:userId': () => import('./set-member-caps.ts'),
  'DELETE /:organizationId/membership': () => import('./leave.ts'),
  'PUT /:organizationId/owner': () => import('./transfer.ts'),
  'GET /:organizationId/invitations': () => import('./list-invitations.ts'),
  'POST /:organizationId/invitations': () => import('./invite.ts'),
  'DELETE /:organizationId/invitations/:invitationId': () => import('./revoke-invitation.ts'),
  'GET /:organizationId/usage': () => import('./get-usage.ts'),
  'GET /:organizationId/usage/rows': () => import('./list-usage-rows.ts'),
  'GET /:organizationId/storage': () => import('./get-storage.ts'),
  'GET /:organizationId/engine': () => import('./get-engine.ts'),
  'PUT /:organizationId/engine': () => import('./change-engine.ts'),
  'PUT /:organizationId/own-model': () => import('./set-own-model.ts'),
  'DELETE /:organizationId/own-model': () => import('./remove-own-model.ts'),
} satisfies Routes

export const main = serve(routes, production)
