import { team } from '../cast.ts'
import type { Rows } from '../row.ts'

export const user: Rows = {
  'GET health /': { least: 'nobody', path: () => '/health' },
  'GET settings /announcements': { least: 'nobody', path: () => '/settings/announcements' },
  'GET settings /data': { least: 'nobody', path: () => '/settings/data' },
  'GET settings /': { least: 'nobody', path: () => '/settings' },
  'GET user /': { least: 'person', path: () => '/user' },
  'POST user /terms': {
    least: 'person',
    themselves: true,
    path: () => '/user/terms',
    body: () => ({ version: '1' }),
  },
  'GET user /exports': { least: 'person', path: () => '/user/exports' },
  'POST user /exports': { least: 'person', fresh: true, path: () => '/user/exports' },
  'DELETE user /': { least: 'person', fresh: true, path: () => '/user' },
  'GET user /usage': { least: 'viewer', path: () => `/user/usage?organizationId=${team}` },
  'GET user /billing': { least: 'person', path: () => '/user/billing' },
  'GET user /open-payments': { least: 'person', path: () => '/user/open-payments' },
  'GET user /caps': { least: 'person', path: () => '/user/caps' },
  'PUT user /caps': {
    least: 'person',
    path: () => '/user/caps',
    body: () => ({ runMicros: null, monthMicros: null }),
  },
}
