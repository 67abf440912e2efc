import { Generation, GenerationPath } from '../../../lib/contract/generation.ts'
import { RunEnd } from '../../../lib/contract/run.ts'
import type { Principal } from '../../../lib/domain/access.ts'
import { cleanText } from '../../../lib/domain/text.ts'
import { inProject } from '../../../lib/entry/locate.ts'
import { refuse, waitingOperation } from '../../../lib/entry/operation.ts'
import type { Stores } from '../../../lib/store/stores.ts'
import type { StoredVersion } from '../../../lib/store/versions.ts'
import { endGeneration } from '../../../lib/work/end-generation.ts'
import { addRestored, prepareRestore, type Restoring } from '../../../lib/work/restore.ts'
import { showVersion } from '../../../lib/work/show-version.ts'

/** Asked again, it is answered with how the run ended. */
export const reportEnd = waitingOperation({
  summary: 'For the runner: say how its run ended',
  path: GenerationPath,
  body: RunEnd,
  may: ['run.report', inProject],
  answers: [200, Generation],
  refuses: ['run_over', 'invalid_request'],
  async run({ path: { projectId, generationId }, body, principal }, { within, objects }) {
    const { attempt, versionId, failure } = body
    if (principal.kind !== 'run' || principal.generationId !== generationId || principal.attempt !== attempt) {
      return refuse('run_over')
    }
    // A loop that was broken goes back to the last version that worked; what it made stays in the history.
    const green =
      failure === 'same_error' && versionId ? await within(({ versions }) => versions.lastGreen(projectId)) : undefined
    const back = green && (await prepareRestore(objects, green))
    return within((stores) => end(stores, { projectId, generationId, body, principal, back }))
  },
})

interface Ended {
  projectId: Generation['projectId']
  generationId: Generation['id']
  body: RunEnd
  principal: Principal
  back: Restoring | undefined
}

async function end(stores: Stores, { projectId, generationId, body, principal, back }: Ended) {
  const { runs, memories } = stores
  const { attempt, outcome, versionId, memory } = body
  if (versionId && !(await runs.saved(generationId, versionId))) {
    return refuse('invalid_request', 'This run saved no such version.')
  }
  const restored = back && versionId ? await addRestored(stores, back, { parentId: versionId, principal }) : 'outdated'
  const ended = await endGeneration(stores, {
    projectId,
    id: generationId,
    attempt,
    state: outcome,
    failure: outcome === 'failed' ? (body.failure ?? 'platform_fault') : null,
    answer: cleanText(body.answer),
    versionId,
    ...saidOf(body, restored === 'outdated' ? null : (back?.old.number ?? null)),
  })
  if (!ended) return endedBefore(stores, { projectId, generationId, body }, restored)
  if (restored !== 'outdated') await showVersion(stores, projectId, restored)
  await memories.keep(projectId, memory && { ...memory, text: cleanText(memory.text) })
  return ended
}

/** The end that was heard already; what was just restored for it is undone with the refusal. */
async function endedBefore(
  { generations }: Stores,
  { projectId, generationId, body }: Pick<Ended, 'projectId' | 'generationId' | 'body'>,
  restored: StoredVersion | 'outdated',
) {
  const earlier = await generations.find(projectId, generationId)
  const isSame = earlier?.state === body.outcome && earlier.attempt === body.attempt
  return isSame && restored === 'outdated' ? earlier : refuse('run_over')
}

/** What the run asks or found, in text that the database takes. */
function saidOf({ question, diagnosis }: RunEnd, restored: number | null): Pick<Generation, 'question' | 'diagnosis'> {
  return {
    question: question && { text: cleanText(question.text), choices: question.choices.map(cleanText) },
    diagnosis: diagnosis && { ...diagnosis, message: cleanText(diagnosis.message), restored },
  }
}
