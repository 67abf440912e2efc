import { setTimeout as pause } from 'node:timers/promises'
import { ModelChunk } from '../../../lib/contract/model.ts'
import { objectKeys, type ObjectStore } from '../../../lib/ports/object-store.ts'
import type { OpenCall } from '../../../lib/store/model-calls.ts'

/** A runner that finds no next chunk waits for a minute before it gives the reply up. */
const pausesMs = [0, 250, 1_000, 4_000]

/** Writes chunks under running numbers; a reply that another worker began is gone on with after its last chunk. */
export async function openChunkWriter(
  objects: ObjectStore,
  { projectId, id }: Pick<OpenCall, 'projectId' | 'id'>,
  { begun }: { begun: boolean },
) {
  const keyOf = (n: number) => objectKeys.modelChunk(projectId, id, n)
  let { n, ended } = begun ? await written(objects, keyOf) : { n: 0, ended: false }
  let head: Partial<ModelChunk> = n === 0 ? { status: 503, contentType: 'application/json' } : {}
  let wroteAt = -Infinity

  return {
    head: (given: Partial<ModelChunk>) => void (head = given),
    quietMs: () => performance.now() - wroteAt,
    async write(text: string, ending: Pick<ModelChunk, 'done' | 'cut'>): Promise<void> {
      if (ended) return
      const chunk: ModelChunk = { n, ...head, text, ...ending }
      await insist(() => objects.put(keyOf(n), JSON.stringify(chunk), 'application/json'))
      head = {}
      n += 1
      ended = ending.done
      wroteAt = performance.now()
    },
  }
}

async function written(objects: ObjectStore, keyOf: (n: number) => string): Promise<{ n: number; ended: boolean }> {
  let last: Uint8Array | undefined
  for (let n = 0; ; n++) {
    const bytes = await objects.get(keyOf(n))
    if (!bytes)
      return { n, ended: last !== undefined && ModelChunk.parse(await new Response(last.slice()).json()).done }
    last = bytes
  }
}

async function insist(put: () => Promise<void>): Promise<void> {
  for (const ms of pausesMs) {
    const failure = await pause(ms)
      .then(put)
      .then(
        () => undefined,
        (error: unknown) => ({ error }),
      )
    if (!failure) return
    if (ms === pausesMs.at(-1)) throw failure.error
  }
}
