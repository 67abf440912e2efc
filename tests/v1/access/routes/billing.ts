import { team } from '../cast.ts'
import type { Rows } from '../row.ts'

export const billing: Rows = {
  'GET billing /:organizationId': { least: 'admin', billing: true, path: () => `/billing/${team}` },
  'GET billing /:organizationId/invoices': { least: 'admin', billing: true, path: () => `/billing/${team}/invoices` },
  'GET billing /:organizationId/over': { least: 'admin', billing: true, path: () => `/billing/${team}/over` },
  'POST billing /:organizationId/checkout': {
    least: 'admin',
    billing: true,
    fresh: true,
    path: () => `/billing/${team}/checkout`,
    body: () => ({}),
  },
  'POST billing /:organizationId/portal': {
    least: 'admin',
    billing: true,
    fresh: true,
    path: () => `/billing/${team}/portal`,
  },
  'GET billing /:organizationId/seats': { least: 'admin', billing: true, path: () => `/billing/${team}/seats?seats=5` },
  'PUT billing /:organizationId/seats': {
    least: 'admin',
    billing: true,
    fresh: true,
    path: () => `/billing/${team}/seats`,
    body: () => ({ from: 3, seats: 5 }),
  },
  'POST billing /:organizationId/top-ups': {
    least: 'admin',
    billing: true,
    fresh: true,
    path: () => `/billing/${team}/top-ups`,
    body: () => ({ packs: 1 }),
  },
  'PUT billing /:organizationId/beyond': {
    least: 'admin',
    billing: true,
    fresh: true,
    path: () => `/billing/${team}/beyond`,
    body: () => ({ most: null }),
  },
  'POST billing /:organizationId/refresh': { least: 'admin', billing: true, path: () => `/billing/${team}/refresh` },
}
