import type { Routes } from '../../../lib/entry/match.ts'
import { serve } from '../../../lib/entry/serve.ts'
import { production } from '../../../lib/production.ts'

/** For those who run the installation; for everybody else nothing is here. */
export const routes = {
  'GET /people': () => import('./list-people.ts'),
  'PUT /people/:userId/suspension': () => import('./suspend-person.ts'),
  'DELETE /people/:userId/suspension': () => import('./readmit-person.ts'),
  'GET /organizations': () => import('./list-organizations.ts'),
  'GET /organizations/:organizationId': () => import('./get-organization.ts'),
  'PUT /organizations/:organizationId/grant': () => import('./set-grant.ts'),
  'DELETE /organizations/:organizationId/grant': () => import('./remove-grant.ts'),
  'PUT /organizations/:organizationId/suspension': () => import('./suspend-organization.ts'),
  'DELETE /organizations/:organizationId/suspension': () => import('./readmit-organization.ts'),
  'GET /figures': () => import('./get-figures.ts'),
  'GET /announcements': () => import('./list-announcements.ts'),
  'POST /announcements': () => import('./add-announcement.ts'),
  'DELETE /announcements/:announcementId': () => import('./end-announcement.ts'),
  'GET /flags': () => import('./list-flags.ts'),
  'PUT /flags/:name': () => import('./share-flag.ts'),
  'PUT /flags/:name/organizations/:organizationId': () => import('./except-flag.ts'),
  'DELETE /flags/:name/organizations/:organizationId': () => import('./unexcept-flag.ts'),
  'GET /runs': () => import('./list-runs.ts'),
  'POST /runs/:generationId/stop': () => import('./stop-run.ts'),
} satisfies Routes

export const main = serve(routes, production)
