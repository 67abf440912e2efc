import { SharedProjects } from '../../../lib/contract/library.ts'
import { personOf } from '../../../lib/domain/access.ts'
import { inOwnOrganization } from '../../../lib/entry/locate.ts'
import { operation } from '../../../lib/entry/operation.ts'
import { pictured } from '../../../lib/work/project-pictures.ts'

export const listShared = operation({
  summary: 'List the projects that others share with the caller, the last changed first',
  may: ['project.list', inOwnOrganization],
  answers: [200, SharedProjects],
  async run({ principal }, { guests, objects }) {
    const visited = await guests.visited(personOf(principal))
    return { items: await Promise.all(visited.map((project) => pictured(objects, project))) }
  },
})
