import { ProjectLimits } from '../../../lib/contract/engine.ts'
import { WorkshopPath } from '../../../lib/contract/workshop.ts'
import { inProject } from '../../../lib/entry/locate.ts'
import { operation } from '../../../lib/entry/operation.ts'
import { projectLimits } from './project-limits.ts'

export const getProjectLimits = operation({
  summary: 'Read what a run and a month of a project may cost, by whose limits, and what of them is used',
  path: WorkshopPath,
  may: ['project.usage', inProject],
  answers: [200, ProjectLimits],
  run: ({ path: { projectId }, principal, standing }, desk) => projectLimits(desk, { projectId, principal, standing }),
})
