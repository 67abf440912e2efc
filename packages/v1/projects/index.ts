import type { Routes } from '../../../lib/entry/match.ts'
import { serve } from '../../../lib/entry/serve.ts'
import { production } from '../../../lib/production.ts'
import { createProject } from './create.ts'
import { deleteProject } from './delete.ts'
import { getProject } from './get.ts'
import { listProjects } from './list.ts'
import { updateProject } from './update.ts'

export const routes = {
  'GET /': listProjects,
  'POST /': createProject,
  'GET /:projectId': getProject,
  'PUT /:projectId': updateProject,
  'DELETE /:projectId': deleteProject,
} satisfies Routes

export const main = serve(routes, production)
