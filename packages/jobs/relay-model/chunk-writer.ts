import type { ModelChunk } from '../../../lib/contract/model.ts'
import { objectKeys, type ObjectStore } from '../../../lib/ports/object-store.ts'
import type { OpenCall } from '../../../lib/store/model-calls.ts'

/** Writes chunks under running numbers; a reply that another worker began is gone on with after its last chunk. */
export async function openChunkWriter(
  objects: ObjectStore,
  { projectId, id }: OpenCall,
  { begun }: { begun: boolean },
) {
  const keyOf = (n: number) => objectKeys.modelChunk(projectId, id, n)
  let n = begun ? await firstFree(objects, keyOf) : 0
  let head: Partial<ModelChunk> = n === 0 ? { status: 503, contentType: 'application/json' } : {}
  let wroteAt = -Infinity

  return {
    head: (given: Partial<ModelChunk>) => void (head = given),
    quietMs: () => performance.now() - wroteAt,
    async write(text: string, ending: Pick<ModelChunk, 'done' | 'cut'>): Promise<void> {
      const chunk: ModelChunk = { n, ...head, text, ...ending }
      const put = () => objects.put(keyOf(n), JSON.stringify(chunk), 'application/json')
      await put().catch(put)
      head = {}
      n += 1
      wroteAt = performance.now()
    },
  }
}

async function firstFree(objects: ObjectStore, keyOf: (n: number) => string): Promise<number> {
  let n = 0
  while (await objects.get(keyOf(n))) n += 1
  return n
}
