import * as z from 'zod/mini'
import { ProjectPath } from '../../../lib/contract/project.ts'
import { personOf } from '../../../lib/domain/access.ts'
import { inProject } from '../../../lib/entry/locate.ts'
import { operation } from '../../../lib/entry/operation.ts'

export const unmarkProject = operation({
  summary: 'A project is no favourite of the caller any more',
  path: ProjectPath,
  may: ['favourite.change', inProject],
  answers: [204, z.null()],
  async run({ path: { projectId }, principal }, { favourites }) {
    await favourites.remove(personOf(principal), projectId)
    return null
  },
})
