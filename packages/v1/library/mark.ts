import * as z from 'zod/mini'
import { ProjectPath } from '../../../lib/contract/project.ts'
import { personOf } from '../../../lib/domain/access.ts'
import { inProject } from '../../../lib/entry/locate.ts'
import { operation } from '../../../lib/entry/operation.ts'

export const markProject = operation({
  summary: 'Mark a project as a favourite of the caller',
  path: ProjectPath,
  may: ['favourite.change', inProject],
  answers: [204, z.null()],
  async run({ path: { projectId }, principal }, { favourites }) {
    await favourites.add(personOf(principal), projectId)
    return null
  },
})
