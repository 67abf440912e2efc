import { entry } from '../../../world/files.ts'
import { imageOf, messageOf, type Place } from '../place.ts'
import { at, type Rows } from '../row.ts'

const talking = (rest: string) => (place: Place) =>
  at(rest.replace(':m', messageOf(place.generation)).replace(':i', imageOf(place.generation)))(place).replace(
    '/projects/',
    '/conversations/',
  )

export const conversations: Rows = {
  'POST conversations /:projectId/quote': { least: 'editor', path: talking('/quote'), body: () => ({ prompt: 'x' }) },
  'GET conversations /:projectId/queue': { least: 'viewer', path: talking('/queue') },
  'POST conversations /:projectId/queue': { least: 'editor', path: talking('/queue'), body: () => ({ prompt: 'x' }) },
  'PUT conversations /:projectId/queue': {
    least: 'editor',
    path: talking('/queue'),
    body: ({ generation }) => ({ order: [messageOf(generation)] }),
  },
  'PUT conversations /:projectId/queue/:messageId': {
    least: 'editor',
    path: talking('/queue/:m'),
    body: () => ({ prompt: 'y' }),
  },
  'GET conversations /:projectId/recordings/:generationId': { least: 'viewer', path: talking('/recordings/:g') },
  'POST conversations /:projectId/recordings/:generationId/addresses': {
    least: 'viewer',
    path: talking('/recordings/:g/addresses'),
    body: () => ({ objects: [entry('a.txt', 'a').sha256] }),
  },
  'GET conversations /:projectId/recordings/:generationId/calls/:callId': {
    least: 'editor',
    path: talking('/recordings/:g/calls/call_00000000000000000001'),
  },
  'POST conversations /:projectId/recordings/:generationId': {
    least: 'run',
    path: talking('/recordings/:g'),
    body: () => ({ objects: [] }),
  },
  'DELETE conversations /:projectId/queue/:messageId': { least: 'editor', path: talking('/queue/:m') },
  'POST conversations /:projectId/images': {
    least: 'editor',
    path: talking('/images'),
    body: () => ({ mediaType: 'image/png', size: 1, sha256: entry('a.txt', 'a').sha256 }),
  },
  'GET conversations /:projectId/images/:imageId': { least: 'viewer', path: talking('/images/:i') },
  'POST conversations /:projectId/images/:imageId/checked': { least: 'editor', path: talking('/images/:i/checked') },
  'POST conversations /:projectId/retry': {
    least: 'editor',
    path: talking('/retry'),
    body: ({ generation }) => ({ generationId: generation }),
  },
  'POST conversations /:projectId/improve': {
    least: 'editor',
    path: talking('/improve?wait=0'),
    body: () => ({ prompt: 'x' }),
  },
}
