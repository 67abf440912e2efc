import { newId } from '../../../../lib/contract/ids.ts'
import { team } from '../cast.ts'
import { folderOf } from '../place.ts'
import type { Rows } from '../row.ts'

export const library: Rows = {
  'GET library /folders': { least: 'viewer', path: () => `/library/folders?organizationId=${team}` },
  'POST library /folders': {
    least: 'editor',
    path: () => '/library/folders',
    body: () => ({ name: newId('folder'), organizationId: team }),
  },
  'PUT library /folders/:folderId': {
    least: 'editor',
    path: ({ generation }) => `/library/folders/${folderOf(generation)}`,
    body: () => ({ name: newId('folder') }),
  },
  'DELETE library /folders/:folderId': {
    least: 'editor',
    path: ({ generation }) => `/library/folders/${folderOf(generation)}`,
  },
  'PUT library /favourites/:projectId': { least: 'viewer', path: ({ project }) => `/library/favourites/${project}` },
  'DELETE library /favourites/:projectId': { least: 'viewer', path: ({ project }) => `/library/favourites/${project}` },
  'GET library /deleted': { least: 'viewer', path: () => `/library/deleted?organizationId=${team}` },
  'DELETE library /deleted/:projectId': { least: 'admin', path: ({ project }) => `/library/deleted/${project}` },
  'GET library /shared': { least: 'person', path: () => '/library/shared' },
  'GET library /public': { least: 'nobody', path: () => '/library/public' },
  'POST library /deleted/:projectId/undelete': {
    least: 'admin',
    path: ({ project }) => `/library/deleted/${project}/undelete`,
  },
  'POST library /projects/:projectId/remix': {
    least: 'viewer',
    path: ({ project }) => `/library/projects/${project}/remix`,
    body: () => ({}),
  },
}
