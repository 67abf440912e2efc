import type { Routes } from '../../../lib/entry/match.ts'
import { serve } from '../../../lib/entry/serve.ts'
import { production } from '../../../lib/production.ts'
import { cancelGeneration } from './cancel.ts'
import { createProject } from './create.ts'
import { deleteProject } from './delete.ts'
import { generate } from './generate.ts'
import { getGeneration } from './get-generation.ts'
import { getProject } from './get.ts'
import { getSandbox } from './get-sandbox.ts'
import { listGenerations } from './list-generations.ts'
import { listProjects } from './list.ts'
import { openLive } from './live.ts'
import { reportEnd } from './report-end.ts'
import { reportEvents } from './report-events.ts'
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
} satisfies Routes

export const main = serve(routes, production)
