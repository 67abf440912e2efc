import { NewPlace, WorkshopPath } from '../../../lib/contract/workshop.ts'
import { Project } from '../../../lib/contract/project.ts'
import { inProject } from '../../../lib/entry/locate.ts'
import { operation, refuse } from '../../../lib/entry/operation.ts'
import type { Moved } from '../../../lib/store/guests.ts'

const objections: Record<Exclude<Moved, 'done' | 'unknown'>, readonly ['forbidden' | 'conflict', string]> = {
  forbidden: ['forbidden', 'You may not make projects in that organization.'],
  same: ['conflict', 'The project is in that organization already.'],
  active: ['conflict', 'A run works in the project, or a message waits. Let it end, or stop it first.'],
  awake: ['conflict', 'The sandbox of the project is awake. Stop it first.'],
}

export const moveProject = operation({
  summary: 'Move a project to another organization; its folder and its guests stay behind',
  path: WorkshopPath,
  body: NewPlace,
  may: ['project.move', inProject],
  answers: [200, Project],
  refuses: ['not_found', 'forbidden', 'conflict'],
  async run({ path: { projectId }, body: { organizationId }, principal, standing, requestId }, desk) {
    const { guests, projects, audit } = desk
    const deed = { principal, subject: projectId, requestId }
    const from = standing.organizationId
    const [outcome] = await Promise.all([
      guests.move(projectId, organizationId),
      audit.record({ ...deed, organizationId: from, action: 'project.move', detail: { to: organizationId } }),
    ])
    if (outcome === 'unknown') return refuse('not_found')
    if (outcome !== 'done') return refuse(...objections[outcome])
    const [moved] = await Promise.all([
      projects.find(projectId),
      audit.record({ ...deed, organizationId, action: 'project.arrive', detail: { from } }),
    ])
    return moved ?? refuse('not_found')
  },
})
