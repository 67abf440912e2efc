import { Generation, GenerationPath } from '../../../lib/contract/generation.ts'
import { inProject } from '../../../lib/entry/locate.ts'
import { keepSeconds } from '../../../lib/domain/run.ts'
import { operation, refuse } from '../../../lib/entry/operation.ts'
import { endGeneration } from '../../../lib/work/end-generation.ts'

export const cancelGeneration = operation({
  summary: 'Stop a generation; one that has ended stays as it ended',
  path: GenerationPath,
  may: ['generation.cancel', inProject],
  answers: [200, Generation],
  refuses: ['not_found'],
  async run({ path: { projectId, generationId }, principal, standing, requestId }, desk) {
    const { generations, jobs, keeping, audit } = desk
    const cancelled = await endGeneration(desk, {
      projectId,
      id: generationId,
      attempt: null,
      state: 'cancelled',
      failure: null,
      answer: null,
      versionId: null,
    })
    if (!cancelled) return (await generations.find(projectId, generationId)) ?? refuse('not_found')
    await Promise.all([
      keeping.promise(generationId, keepSeconds),
      audit.record({
        organizationId: standing.organizationId,
        principal,
        action: 'generation.cancel',
        subject: generationId,
        requestId,
      }),
      jobs.enqueue({ kind: 'stop-generation', projectId, payload: { generationId } }),
    ])
    return cancelled
  },
})
