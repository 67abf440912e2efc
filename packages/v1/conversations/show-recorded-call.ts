import { RecordedCallPath, RecordedCallPlaces, RecordedCallQuery } from '../../../lib/contract/recording.ts'
import { inProject } from '../../../lib/entry/locate.ts'
import { waitingOperation } from '../../../lib/entry/operation.ts'
import { objectKeys, type ObjectStore } from '../../../lib/ports/object-store.ts'

const seconds = 3_600
/** So many addresses fit an answer. */
const pageSize = 500
/** A reply has up to ten chunks a second, for a quarter of an hour. */
const mostPages = 12

/** The model was told the rules of the organization and the names of the project's secrets: only who may read those. */
export const showRecordedCall = waitingOperation({
  summary: 'Where to read what the model was asked in a call, and the chunks of its reply from one on',
  path: RecordedCallPath,
  query: RecordedCallQuery,
  may: ['secret.list', inProject],
  answers: [200, RecordedCallPlaces],
  async run({ path: { projectId, callId }, query: { from } }, { objects }) {
    const numbers = (await chunksOf(objects, objectKeys.modelCall(projectId, callId))).filter((n) => n >= from)
    const sign = (key: string) => objects.signGet(key, { seconds })
    const [request, ...chunks] = await Promise.all([
      sign(objectKeys.modelRequest(projectId, callId)),
      ...numbers.slice(0, pageSize).map((n) => sign(objectKeys.modelChunk(projectId, callId, n))),
    ])
    return { request, chunks, next: numbers[pageSize] ?? null }
  },
})

/** Keys come in the order of their letters, page by page, so that all are read before the first is known. */
async function chunksOf(objects: Pick<ObjectStore, 'list'>, prefix: string): Promise<number[]> {
  const found: number[] = []
  let after: string | undefined
  for (let page = 0; page < mostPages; page++) {
    const keys = await objects.list(prefix, after)
    found.push(...keys.flatMap((key) => /\/(\d+)\.json$/.exec(key)?.[1] ?? []).map(Number))
    after = keys.at(-1)
    if (after === undefined) break
  }
  return found.toSorted((a, b) => a - b)
}
