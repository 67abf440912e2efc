import { team } from '../cast.ts'
import { keyOf } from '../place.ts'
import type { Rows } from '../row.ts'

const wanted = { name: 'Key', scopes: ['project.read'] }

export const keys: Rows = {
  'GET keys /': { least: 'person', path: () => '/keys' },
  'POST keys /': { least: 'person', fresh: true, path: () => '/keys', body: () => wanted },
  'POST keys /:keyId/rotate': {
    least: 'person',
    fresh: true,
    ofAnother: true,
    path: ({ generation }) => `/keys/${keyOf(generation)}/rotate`,
    body: () => ({}),
  },
  'DELETE keys /:keyId': { least: 'person', ofAnother: true, path: ({ generation }) => `/keys/${keyOf(generation)}` },
  'GET keys /organizations/:organizationId': { least: 'admin', path: () => `/keys/organizations/${team}` },
  'POST keys /organizations/:organizationId': {
    least: 'admin',
    fresh: true,
    path: () => `/keys/organizations/${team}`,
    body: () => wanted,
  },
  'POST keys /organizations/:organizationId/:keyId/rotate': {
    least: 'admin',
    fresh: true,
    path: ({ generation }) => `/keys/organizations/${team}/${keyOf(generation)}/rotate`,
    body: () => ({}),
  },
  'DELETE keys /organizations/:organizationId/:keyId': {
    least: 'admin',
    path: ({ generation }) => `/keys/organizations/${team}/${keyOf(generation)}`,
  },
}
