import { team } from '../cast.ts'
import type { Rows } from '../row.ts'

export const signIn: Rows = {
  'GET sign-in /sessions': { least: 'person', path: () => '/sign-in/sessions' },
  'DELETE sign-in /sessions': { least: 'person', path: () => '/sign-in/sessions' },
  'DELETE sign-in /sessions/:sessionId': {
    least: 'person',
    ofAnother: true,
    path: () => '/sign-in/sessions/ses_00000000000000000001',
  },
  'GET sign-in /identities': { least: 'person', path: () => '/sign-in/identities' },
  'POST sign-in /link-tickets': { least: 'person', fresh: true, path: () => '/sign-in/link-tickets' },
  'POST sign-in /identities': {
    least: 'person',
    fresh: true,
    path: () => '/sign-in/identities',
    body: () => ({ ticket: 'that-nobody-has-given', token: 'that-nobody-has-given' }),
  },
  'DELETE sign-in /identities/:identityId': {
    least: 'person',
    fresh: true,
    path: () => '/sign-in/identities/idn_00000000000000000001',
  },
  'GET sign-in /organizations/:organizationId': { least: 'admin', path: () => `/sign-in/organizations/${team}` },
  'PUT sign-in /organizations/:organizationId': {
    least: 'owner',
    fresh: true,
    path: () => `/sign-in/organizations/${team}`,
    body: () => ({ secondFactor: false }),
  },
  'GET sign-in /organizations/:organizationId/company': {
    least: 'admin',
    path: () => `/sign-in/organizations/${team}/company`,
  },
  'PUT sign-in /organizations/:organizationId/company': {
    least: 'owner',
    fresh: true,
    path: () => `/sign-in/organizations/${team}/company`,
    body: () => ({ only: false }),
  },
  'POST sign-in /organizations/:organizationId/company': {
    least: 'owner',
    fresh: true,
    unpaid: true,
    path: () => `/sign-in/organizations/${team}/company`,
  },
}
