import { Generation, GenerationPath } from '../../../lib/contract/generation.ts'
import { inProject } from '../../../lib/entry/locate.ts'
import { readingOperation, refuse } from '../../../lib/entry/operation.ts'

export const getGeneration = readingOperation({
  summary: 'Read a generation',
  path: GenerationPath,
  may: ['project.read', inProject],
  answers: [200, Generation],
  refuses: ['not_found'],
  async run({ path: { projectId, generationId } }, { generations }) {
    return (await generations.find(projectId, generationId)) ?? refuse('not_found')
  },
})
