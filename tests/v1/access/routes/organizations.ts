import { team, viewer, clubToken, asBefore } from '../cast.ts'
import { doomedOf, memberOf, invitationOf } from '../place.ts'
import type { Rows } from '../row.ts'

export const organizations: Rows = {
  'POST organizations /': { least: 'person', path: () => '/organizations', body: () => ({ name: 'Club' }) },
  'GET organizations /:organizationId': { least: 'viewer', path: () => `/organizations/${team}` },
  'PUT organizations /:organizationId': {
    least: 'admin',
    path: () => `/organizations/${team}`,
    body: () => ({ name: 'Team' }),
  },
  'DELETE organizations /:organizationId': {
    least: 'owner',
    fresh: true,
    path: ({ generation }) => `/organizations/${doomedOf(generation)}`,
  },
  'GET organizations /:organizationId/members': { least: 'viewer', path: () => `/organizations/${team}/members` },
  'PUT organizations /:organizationId/members/:userId': {
    least: 'admin',
    path: ({ generation }) => `/organizations/${team}/members/${memberOf(generation)}`,
    body: () => ({ role: 'editor' }),
  },
  'DELETE organizations /:organizationId/members/:userId': {
    least: 'admin',
    path: ({ generation }) => `/organizations/${team}/members/${memberOf(generation)}`,
  },
  'DELETE organizations /:organizationId/membership': {
    least: 'viewer',
    path: () => `/organizations/${team}/membership`,
    afterwards: asBefore,
  },
  'PUT organizations /:organizationId/owner': {
    least: 'owner',
    fresh: true,
    path: () => `/organizations/${team}/owner`,
    body: ({ generation }) => ({ userId: memberOf(generation) }),
    afterwards: asBefore,
  },
  'GET organizations /:organizationId/invitations': {
    least: 'admin',
    path: () => `/organizations/${team}/invitations`,
  },
  'POST organizations /:organizationId/invitations': {
    least: 'admin',
    path: () => `/organizations/${team}/invitations`,
    body: () => ({ role: 'viewer' }),
  },
  'DELETE organizations /:organizationId/invitations/:invitationId': {
    least: 'admin',
    path: ({ generation }) => `/organizations/${team}/invitations/${invitationOf(generation)}`,
  },
  'GET organizations /:organizationId/usage': {
    least: 'admin',
    billing: true,
    path: () => `/organizations/${team}/usage`,
  },
  'GET organizations /:organizationId/usage/rows': {
    least: 'admin',
    billing: true,
    path: () => `/organizations/${team}/usage/rows`,
  },
  'GET organizations /:organizationId/storage': { least: 'viewer', path: () => `/organizations/${team}/storage` },
  'GET organizations /:organizationId/caps': {
    least: 'admin',
    billing: true,
    path: () => `/organizations/${team}/caps`,
  },
  'PUT organizations /:organizationId/caps/:userId': {
    least: 'admin',
    path: () => `/organizations/${team}/caps/${viewer.id}`,
    body: () => ({ runMicros: null, monthMicros: null }),
  },
  'GET organizations /:organizationId/engine': { least: 'viewer', path: () => `/organizations/${team}/engine` },
  'PUT organizations /:organizationId/engine': {
    least: 'admin',
    path: () => `/organizations/${team}/engine`,
    body: () => ({ rules: 'Be brief.' }),
  },
  'PUT organizations /:organizationId/own-model': {
    least: 'admin',
    path: () => `/organizations/${team}/own-model`,
    body: () => ({ key: 'sk-something' }),
  },
  'DELETE organizations /:organizationId/own-model': {
    least: 'admin',
    path: () => `/organizations/${team}/own-model`,
  },
  'GET invitations /:token': { least: 'nobody', path: () => `/invitations/${clubToken}` },
  'POST invitations /:token': { least: 'person', path: () => `/invitations/${clubToken}` },
}
