import { Members, WorkshopPath } from '../../../lib/contract/workshop.ts'
import { inProject } from '../../../lib/entry/locate.ts'
import { operation } from '../../../lib/entry/operation.ts'

export const listMembers = operation({
  summary: 'Who can open a project: the members of its organization',
  path: WorkshopPath,
  may: ['project.members', inProject],
  answers: [200, Members],
  run: async ({ standing: { organizationId } }, { workshop }) => ({ items: await workshop.members(organizationId) }),
})
