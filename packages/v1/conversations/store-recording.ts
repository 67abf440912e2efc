import { RecordedObjects, RecordingPath, RecordingPlaces } from '../../../lib/contract/recording.ts'
import { inProject } from '../../../lib/entry/locate.ts'
import { operation, refuse } from '../../../lib/entry/operation.ts'
import { objectKeys } from '../../../lib/ports/object-store.ts'

const seconds = 900

export const storeRecording = operation({
  summary: 'For the runner: where to store what its recording names, and the recording itself',
  path: RecordingPath,
  body: RecordedObjects,
  may: ['run.report', inProject],
  answers: [200, RecordingPlaces],
  refuses: ['run_over'],
  async run({ path: { projectId, generationId }, body: { objects: named }, principal }, { objects, runs }) {
    if (principal.kind !== 'run' || principal.generationId !== generationId) return refuse('run_over')
    // Addresses that were signed before its end are good for a while; after it, nobody gets new ones.
    if (!(await runs.models({ id: generationId, attempt: principal.attempt }))) return refuse('run_over')
    const uploads = [...new Set(named.map(({ sha256 }) => sha256))].map(async (sha256) => ({
      sha256,
      ...(await objects.signPut(objectKeys.recorded(projectId, sha256), { seconds, sha256 })),
    }))
    const key = objectKeys.recording(projectId, generationId)
    const [signed, get, put] = await Promise.all([
      Promise.all(uploads),
      objects.signGet(key, { seconds }),
      objects.signPut(key, { seconds }),
    ])
    return { uploads: signed, index: { get, put: put.url } }
  },
})
