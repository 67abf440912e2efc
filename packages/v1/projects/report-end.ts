import { Generation, GenerationPath } from '../../../lib/contract/generation.ts'
import { RunEnd } from '../../../lib/contract/run.ts'
import { cleanText } from '../../../lib/domain/text.ts'
import { inProject } from '../../../lib/entry/locate.ts'
import { operation, refuse } from '../../../lib/entry/operation.ts'
import { endGeneration } from '../../../lib/work/end-generation.ts'

export const reportEnd = operation({
  summary: 'For the runner: say how its run ended',
  path: GenerationPath,
  body: RunEnd,
  may: ['run.report', inProject],
  answers: [200, Generation],
  refuses: ['run_over', 'invalid_request'],
  async run({ path: { projectId, generationId }, body, principal }, desk) {
    const { runs, generations } = desk
    const { attempt, outcome, versionId } = body
    if (principal.kind !== 'run' || principal.generationId !== generationId || principal.attempt !== attempt) {
      return refuse('run_over')
    }
    if (versionId && !(await runs.saved(generationId, versionId))) {
      return refuse('invalid_request', 'This run saved no such version.')
    }
    const ended = await endGeneration(desk, {
      projectId,
      id: generationId,
      attempt,
      state: outcome,
      failure: outcome === 'failed' ? (body.failure ?? 'platform_fault') : null,
      answer: cleanText(body.answer),
      versionId,
      ...saidOf(body),
    })
    if (ended) {
      await desk.memories.keep(projectId, body.memory && { ...body.memory, text: cleanText(body.memory.text) })
      return ended
    }
    const earlier = await generations.find(projectId, generationId)
    const same = earlier?.state === outcome && earlier.attempt === attempt
    return same ? earlier : refuse('run_over')
  },
})

/** What the run asks or found, in text that the database takes. */
function saidOf({ question, diagnosis }: RunEnd): Pick<Generation, 'question' | 'diagnosis'> {
  return {
    question: question && { text: cleanText(question.text), choices: question.choices.map(cleanText) },
    diagnosis: diagnosis && { ...diagnosis, message: cleanText(diagnosis.message) },
  }
}
