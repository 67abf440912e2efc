import { Recording, RecordingPath, RecordingPlace } from '../../../lib/contract/recording.ts'
import { inProject } from '../../../lib/entry/locate.ts'
import { refuse, waitingOperation } from '../../../lib/entry/operation.ts'
import { objectKeys } from '../../../lib/ports/object-store.ts'

const seconds = 3_600
const mostBytes = 8 * 1024 * 1024

/** An answer has 1 MB at most, and a recording may have more: it is read from storage, as what it names. */
export const showRecording = waitingOperation({
  summary: 'Everything that happened in a run, step by step: where to read it',
  path: RecordingPath,
  may: ['project.read', inProject],
  answers: [200, RecordingPlace],
  refuses: ['not_found'],
  async run({ path: { projectId, generationId } }, { within, objects }) {
    const generation = await within(({ generations }) => generations.find(projectId, generationId))
    const key = objectKeys.recording(projectId, generationId)
    const stored = generation && (await objects.get(key, mostBytes))
    // A sandbox wrote it, and a sandbox is not trusted: what is no recording is none.
    const text: unknown = stored && (await new Response(stored).json().catch(() => undefined))
    if (!Recording.safeParse(text).success) return refuse('not_found', 'Nothing was recorded of this run.')
    return { index: await objects.signGet(key, { seconds, contentType: 'application/json' }) }
  },
})
