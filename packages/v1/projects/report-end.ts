import { Generation, GenerationPath } from '../../../lib/contract/generation.ts'
import { RunEnd } from '../../../lib/contract/run.ts'
import { endingEvents } from '../../../lib/domain/run-ending.ts'
import { cleanText } from '../../../lib/domain/text.ts'
import { inProject } from '../../../lib/entry/locate.ts'
import { operation, refuse } from '../../../lib/entry/operation.ts'

export const reportEnd = operation({
  summary: 'For the runner: say how its run ended',
  path: GenerationPath,
  body: RunEnd,
  may: ['run.report', inProject],
  answers: [200, Generation],
  refuses: ['run_over', 'invalid_request'],
  async run({ path: { projectId, generationId }, body, principal }, { ledger, runs, generations, events }) {
    const { attempt, outcome, versionId } = body
    if (principal.kind !== 'run' || principal.generationId !== generationId || principal.attempt !== attempt) {
      return refuse('run_over')
    }
    if (versionId && !(await runs.saved(generationId, versionId))) {
      return refuse('invalid_request', 'This run saved no such version.')
    }
    const ended = await ledger.end({
      projectId,
      id: generationId,
      attempt,
      state: outcome,
      failure: outcome === 'failed' ? (body.failure ?? 'platform_fault') : null,
      answer: cleanText(body.answer),
      versionId,
    })
    if (ended) {
      await events.append(projectId, ...endingEvents(ended))
      return ended
    }
    const earlier = await generations.find(projectId, generationId)
    const same = earlier?.state === outcome && earlier.attempt === attempt
    return same ? earlier : refuse('run_over')
  },
})
