import type { Routes } from '../../../lib/entry/match.ts'
import { serve } from '../../../lib/entry/serve.ts'
import { production } from '../../../lib/production.ts'
import { listPublic } from './list-public.ts'

/** How people keep their projects, and what everybody may see of them. */
export const routes = {
  'GET /folders': () => import('./list-folders.ts'),
  'POST /folders': () => import('./add-folder.ts'),
  'PUT /folders/:folderId': () => import('./rename-folder.ts'),
  'DELETE /folders/:folderId': () => import('./remove-folder.ts'),
  'PUT /favourites/:projectId': () => import('./mark.ts'),
  'DELETE /favourites/:projectId': () => import('./unmark.ts'),
  'GET /deleted': () => import('./list-deleted.ts'),
  'DELETE /deleted/:projectId': () => import('./clear-deleted.ts'),
  'POST /deleted/:projectId/undelete': () => import('./undelete.ts'),
  'POST /projects/:projectId/remix': () => import('./remix.ts'),
  'GET /shared': () => import('./list-shared.ts'),
  'GET /public': listPublic,
} satisfies Routes

export const main = serve(routes, production)
