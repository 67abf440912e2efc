import { shareOf, tokenOf, memberOf, guestInvitationOf, type Place } from '../place.ts'
import type { Rows } from '../row.ts'

const sharing = (rest: string) => (place: Place) =>
  `/shares${rest.replace(':p', place.project).replace(':s', shareOf(place.generation))}`

export const shares: Rows = {
  'GET shares /open/:token': { least: 'nobody', path: ({ project }) => `/shares/open/${tokenOf(project)}` },
  'GET shares /:projectId': { least: 'editor', path: sharing('/:p') },
  'POST shares /:projectId': { least: 'editor', path: sharing('/:p'), body: () => ({ hours: 1 }) },
  'DELETE shares /:projectId/:shareId': { least: 'editor', path: sharing('/:p/:s') },
  'GET shares /:projectId/guests': { least: 'editor', path: sharing('/:p/guests') },
  'POST shares /:projectId/guests': {
    least: 'admin',
    path: sharing('/:p/guests'),
    body: () => ({ email: 'guest@example.com' }),
  },
  'DELETE shares /:projectId/guests/me': { least: 'viewer', ofGuests: true, path: sharing('/:p/guests/me') },
  'PUT shares /:projectId/guests/:userId': {
    least: 'admin',
    path: (place) => sharing(`/:p/guests/${memberOf(place.generation)}`)(place),
    body: () => ({ role: 'viewer' }),
  },
  'DELETE shares /:projectId/guests/:userId': {
    least: 'admin',
    path: (place) => sharing(`/:p/guests/${memberOf(place.generation)}`)(place),
  },
  'DELETE shares /:projectId/invited/:invitationId': {
    least: 'admin',
    path: (place) => sharing(`/:p/invited/${guestInvitationOf(place.project)}`)(place),
  },
}
