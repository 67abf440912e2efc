import { team } from '../cast.ts'
import { type Place } from '../place.ts'
import { at, type Rows } from '../row.ts'

const inside = (rest: string) => (place: Place) => at(rest)(place).replace('/projects/', '/workshop/')

export const workshop: Rows = {
  'GET workshop /:projectId/sandbox': { least: 'editor', path: inside('/sandbox') },
  'PUT workshop /:projectId/sandbox': {
    least: 'editor',
    path: inside('/sandbox'),
    body: () => ({ size: null, autoStopMinutes: null, network: { kind: 'none' } }),
  },
  'POST workshop /:projectId/sandbox/restart': {
    least: 'editor',
    path: inside('/sandbox/restart'),
    body: () => ({ anew: false }),
  },
  'GET workshop /:projectId/usage': { least: 'editor', path: inside('/usage') },
  'GET workshop /:projectId/limits': { least: 'editor', path: inside('/limits') },
  'PUT workshop /:projectId/limits': {
    least: 'admin',
    path: inside('/limits'),
    body: () => ({ runMicros: null, monthMicros: 5_000_000 }),
  },
  'PUT workshop /:projectId/organization': {
    least: 'admin',
    path: inside('/organization'),
    body: () => ({ organizationId: team }),
  },
  'GET workshop /:projectId/members': { least: 'editor', path: inside('/members') },
  'GET workshop /:projectId/secrets': { least: 'editor', path: inside('/secrets') },
  'PUT workshop /:projectId/secrets/:name': {
    least: 'editor',
    path: inside('/secrets/OTHER'),
    body: () => ({ value: 'x' }),
  },
  'DELETE workshop /:projectId/secrets/:name': { least: 'editor', path: inside('/secrets/TOKEN') },
}
