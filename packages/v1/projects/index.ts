import type { Routes } from '../../../lib/entry/match.ts'
import { serve } from '../../../lib/entry/serve.ts'
import { production } from '../../../lib/production.ts'
import { announceFiles } from './announce-files.ts'
import { cancelGeneration } from './cancel.ts'
import { createProject } from './create.ts'
import { deleteProject } from './delete.ts'
import { diffVersions } from './diff-versions.ts'
import { followEvents } from './follow-events.ts'
import { generate } from './generate.ts'
import { getGeneration } from './get-generation.ts'
import { getProject } from './get.ts'
import { getSandbox } from './get-sandbox.ts'
import { listFiles } from './list-files.ts'
import { listGenerations } from './list-generations.ts'
import { listProjects } from './list.ts'
import { listVersions } from './list-versions.ts'
import { openLive } from './live.ts'
import { readFile } from './read-file.ts'
import { reportEnd } from './report-end.ts'
import { reportEvents } from './report-events.ts'
import { restoreVersion } from './restore-version.ts'
import { saveVersion } from './save-version.ts'
import { signDownloads } from './sign-downloads.ts'
import { startSandbox } from './start-sandbox.ts'
import { stopSandbox } from './stop-sandbox.ts'
import { updateProject } from './update.ts'

export const routes = {
  'GET /': listProjects,
  'POST /': createProject,
  'GET /:projectId': getProject,
  'PUT /:projectId': updateProject,
  'DELETE /:projectId': deleteProject,
  'POST /:projectId/generate': generate,
  'GET /:projectId/generations': listGenerations,
  'GET /:projectId/generations/:generationId': getGeneration,
  'POST /:projectId/generations/:generationId/cancel': cancelGeneration,
  'POST /:projectId/generations/:generationId/events': reportEvents,
  'POST /:projectId/generations/:generationId/end': reportEnd,
  'POST /:projectId/live': openLive,
  'GET /:projectId/sandbox': getSandbox,
  'POST /:projectId/sandbox': startSandbox,
  'DELETE /:projectId/sandbox': stopSandbox,
  'GET /:projectId/events': followEvents,
  'GET /:projectId/versions': listVersions,
  'POST /:projectId/versions': saveVersion,
  'POST /:projectId/versions/batch': announceFiles,
  'POST /:projectId/versions/downloads': signDownloads,
  'GET /:projectId/versions/:versionId/files': listFiles,
  'GET /:projectId/versions/:versionId/files/*path': readFile,
  'GET /:projectId/versions/:before/diff/:after': diffVersions,
  'POST /:projectId/versions/:versionId/restore': restoreVersion,
} satisfies Routes

export const main = serve(routes, production)
