import type { Routes } from '../../../lib/entry/match.ts'
import { serve } from '../../../lib/entry/serve.ts'
import { production } from '../../../lib/production.ts'

export const routes = {
  'GET /': () => import('./list.ts'),
  'POST /': () => import('./create.ts'),
  'GET /:projectId': () => import('./get.ts'),
  'PUT /:projectId': () => import('./update.ts'),
  'DELETE /:projectId': () => import('./delete.ts'),
  'POST /:projectId/generate': () => import('./generate.ts'),
  'GET /:projectId/generations': () => import('./list-generations.ts'),
  'GET /:projectId/generations/:generationId': () => import('./get-generation.ts'),
  'POST /:projectId/generations/:generationId/cancel': () => import('./cancel.ts'),
  'POST /:projectId/live': () => import('./live.ts'),
  'GET /:projectId/sandbox': () => import('./get-sandbox.ts'),
  'POST /:projectId/sandbox': () => import('./start-sandbox.ts'),
  'DELETE /:projectId/sandbox': () => import('./stop-sandbox.ts'),
  'GET /:projectId/events': () => import('./follow-events.ts'),
  'GET /:projectId/versions': () => import('./list-versions.ts'),
  'POST /:projectId/versions': () => import('./save-version.ts'),
  'GET /:projectId/versions/current': () => import('./show-current.ts'),
  'POST /:projectId/versions/batch': () => import('./announce-files.ts'),
  'POST /:projectId/versions/downloads': () => import('./sign-downloads.ts'),
  'PUT /:projectId/versions/:versionId': () => import('./name-version.ts'),
  'GET /:projectId/versions/:versionId/files': () => import('./list-files.ts'),
  'GET /:projectId/versions/:versionId/files/*path': () => import('./read-file.ts'),
  'GET /:projectId/versions/:before/diff/:after': () => import('./diff-versions.ts'),
  'POST /:projectId/versions/:versionId/restore': () => import('./restore-version.ts'),
} satisfies Routes

export const main = serve(routes, production)
