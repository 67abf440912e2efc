import type { ProjectId } from '../../../lib/contract/ids.ts'
import { Recording, RecordingPath, ShownRecording, type RecordedCall } from '../../../lib/contract/recording.ts'
import { decide } from '../../../lib/domain/access.ts'
import { inProject } from '../../../lib/entry/locate.ts'
import { refuse, waitingOperation } from '../../../lib/entry/operation.ts'
import { objectKeys, type ObjectStore } from '../../../lib/ports/object-store.ts'

const seconds = 3_600
const mostBytes = 8 * 1024 * 1024

/** So many addresses of each kind fit an answer. */
const mostAddresses = 1_000

export const showRecording = waitingOperation({
  summary: 'Everything that happened in a run, step by step, with addresses to read it from',
  path: RecordingPath,
  may: ['project.read', inProject],
  answers: [200, ShownRecording],
  refuses: ['not_found'],
  async run({ path: { projectId, generationId }, principal, standing }, { within, objects }) {
    const generation = await within(({ generations }) => generations.find(projectId, generationId))
    const stored = generation && (await objects.get(objectKeys.recording(projectId, generationId), mostBytes))
    // A sandbox wrote it, and a sandbox is not trusted: what is no recording is none.
    const text: unknown = stored && (await new Response(stored).json().catch(() => undefined))
    const { data: recording } = Recording.safeParse(text)
    if (!recording) return refuse('not_found', 'Nothing was recorded of this run.')
    const { steps, closing } = recording
    const named = steps.flatMap(({ tools }) => tools.flatMap(({ input, output }) => [input, output]))
    const changed = steps.flatMap(({ drift, changes }) =>
      [...drift, ...changes].flatMap(({ file }) => file?.sha256 ?? []),
    )
    const sign = (key: string) => objects.signGet(key, { seconds })
    // The model was told the rules of the organization and the names of the project's secrets.
    const mayReadAsked = decide(principal, 'secret.list', standing) === 'allowed'
    const asked = mayReadAsked ? [...steps.flatMap((step) => step.calls), ...closing] : []
    const [shown, blobs, calls] = await Promise.all([
      addresses(named, (sha256) => sign(objectKeys.recorded(projectId, sha256))),
      addresses(changed, (sha256) => sign(objectKeys.blob(projectId, sha256))),
      Promise.all(asked.slice(0, mostAddresses).map((call) => callAt(objects, projectId, call))),
    ])
    return { recording, objects: shown, blobs, calls }
  },
})

const addresses = (digests: readonly string[], sign: (sha256: string) => Promise<string>) =>
  Promise.all(
    [...new Set(digests)].slice(0, mostAddresses).map(async (sha256) => ({ sha256, url: await sign(sha256) })),
  )

async function callAt(objects: ObjectStore, projectId: ProjectId, { id }: RecordedCall) {
  const keys = await objects.list(objectKeys.modelCall(projectId, id))
  const chunks = keys.flatMap((key) => /\/(\d+)\.json$/.exec(key)?.[1] ?? []).map(Number)
  const sign = (key: string) => objects.signGet(key, { seconds })
  const [request, ...rest] = await Promise.all([
    sign(objectKeys.modelRequest(projectId, id)),
    ...chunks.toSorted((a, b) => a - b).map((n) => sign(objectKeys.modelChunk(projectId, id, n))),
  ])
  return { id, request, chunks: rest }
}
