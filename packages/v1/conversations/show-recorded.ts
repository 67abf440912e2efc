import { RecordedAddresses, RecordedNames, RecordingPath } from '../../../lib/contract/recording.ts'
import { inProject } from '../../../lib/entry/locate.ts'
import { waitingOperation } from '../../../lib/entry/operation.ts'
import { objectKeys } from '../../../lib/ports/object-store.ts'

const seconds = 3_600

export const showRecorded = waitingOperation({
  summary: 'Where to read what a recording names: inputs and outputs of tools, and contents of files that changed',
  path: RecordingPath,
  body: RecordedNames,
  may: ['project.read', inProject],
  answers: [200, RecordedAddresses],
  async run({ path: { projectId }, body }, { objects }) {
    const addresses = (digests: readonly string[], keyOf: (projectId: string, sha256: string) => string) =>
      Promise.all(
        [...new Set(digests)].map(async (sha256) => ({
          sha256,
          url: await objects.signGet(keyOf(projectId, sha256), { seconds }),
        })),
      )
    const [shown, blobs] = await Promise.all([
      addresses(body.objects, objectKeys.recorded),
      addresses(body.blobs, objectKeys.blob),
    ])
    return { objects: shown, blobs }
  },
})
