import type { ObjectStore } from '../../../lib/ports/object-store.ts'
import type { OpenCall } from '../../../lib/store/model-calls.ts'
import type { Sink } from '../../../lib/work/relay-call.ts'
import { openChunkWriter } from './chunk-writer.ts'

export interface Chunks extends Sink {
  end(cut: boolean): Promise<void>
}

const everyMs = 100
const mostWaiting = 64_000

/** The parts of a reply: the first is written at once, then one in 100 ms, so that a long reply is not a thousand objects. */
export async function openChunks(
  objects: ObjectStore,
  call: Pick<OpenCall, 'projectId' | 'id'>,
  given: { begun: boolean },
): Promise<Chunks> {
  const writer = await openChunkWriter(objects, call, given)
  let waiting = ''
  let timer: NodeJS.Timeout | undefined
  let writing = Promise.resolve()

  function flush(ending: Parameters<typeof writer.write>[1]): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    writing = writing.then(() => {
      const text = waiting
      waiting = ''
      return writer.write(text, ending)
    })
    return writing
  }

  return {
    begin: writer.head,
    async add(text) {
      waiting += text
      if (waiting.length > mostWaiting) return flush({ done: false })
      // A failed write is met again at the end, which waits for all of them.
      timer ??= setTimeout(() => flush({ done: false }).catch(() => {}), Math.max(0, everyMs - writer.quietMs()))
    },
    end: (cut) => flush({ done: true, ...(cut ? { cut } : {}) }),
  }
}
