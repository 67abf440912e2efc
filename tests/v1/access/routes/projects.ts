import { team } from '../cast.ts'
import { entry } from '../../../world/files.ts'
import { files } from '../place.ts'
import { at, type Rows } from '../row.ts'

export const projects: Rows = {
  'GET projects /': { least: 'viewer', path: () => `/projects?organizationId=${team}` },
  'POST projects /': { least: 'editor', path: () => '/projects', body: () => ({ name: 'x', organizationId: team }) },
  'GET projects /:projectId': { least: 'viewer', path: at('') },
  'PUT projects /:projectId': { least: 'editor', path: at(''), body: () => ({ name: 'x' }) },
  'DELETE projects /:projectId': { least: 'admin', path: at('') },
  'POST projects /:projectId/generate': { least: 'editor', path: at('/generate'), body: () => ({ prompt: 'x' }) },
  'GET projects /:projectId/generations': { least: 'viewer', path: at('/generations') },
  'GET projects /:projectId/generations/:generationId': { least: 'viewer', path: at('/generations/:g') },
  'POST projects /:projectId/generations/:generationId/cancel': { least: 'editor', path: at('/generations/:g/cancel') },
  'GET projects /:projectId/events': { least: 'viewer', path: at('/events') },
  'POST projects /:projectId/live': { least: 'viewer', path: at('/live') },
  'GET projects /:projectId/sandbox': { least: 'viewer', path: at('/sandbox') },
  'POST projects /:projectId/sandbox': { least: 'editor', path: at('/sandbox') },
  'DELETE projects /:projectId/sandbox': { least: 'editor', path: at('/sandbox') },
  'GET projects /:projectId/versions': { least: 'viewer', path: at('/versions') },
  'POST projects /:projectId/versions': {
    least: 'editor',
    run: true,
    path: at('/versions'),
    body: ({ version }) => ({ parentId: version, message: 'x', files }),
  },
  'GET projects /:projectId/versions/current': { least: 'viewer', run: true, path: at('/versions/current') },
  'POST projects /:projectId/versions/batch': {
    least: 'editor',
    run: true,
    path: at('/versions/batch'),
    body: () => ({ files }),
  },
  'POST projects /:projectId/versions/downloads': {
    least: 'viewer',
    run: true,
    path: at('/versions/downloads'),
    body: () => ({ sha256: [entry('a.txt', 'a').sha256] }),
  },
  'PUT projects /:projectId/versions/:versionId': {
    least: 'editor',
    path: at('/versions/:v'),
    body: () => ({ name: 'The one for the talk' }),
  },
  'GET projects /:projectId/versions/:versionId/files': { least: 'viewer', path: at('/versions/:v/files') },
  'GET projects /:projectId/versions/:versionId/files/*path': { least: 'viewer', path: at('/versions/:v/files/a.txt') },
  'GET projects /:projectId/versions/:before/diff/:after': { least: 'viewer', path: at('/versions/:v/diff/:v') },
  'POST projects /:projectId/versions/:versionId/restore': { least: 'editor', path: at('/versions/:v/restore') },
}
