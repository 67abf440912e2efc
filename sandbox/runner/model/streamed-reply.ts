import { BrokenReply } from './fault.ts'
import type { Silence } from './silence.ts'

/** The answer of a gateway that streams: what it says to keep the connection is no word of the model. */
export function streamedReply(response: Response, silence: Silence): Response {
  const parts = response.body?.getReader()
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const read = await parts?.read().catch((cause: unknown) => asBroken(cause, silence))
      if (read instanceof Error) return controller.error(read)
      if (!read?.value) {
        silence.over()
        return controller.close()
      }
      if (!isPing(read.value)) silence.heard()
      controller.enqueue(read.value)
    },
    async cancel(reason) {
      silence.over()
      await parts?.cancel(reason)
    },
  })
  return new Response(body, { status: response.status, headers: response.headers })
}

const colon = ':'.charCodeAt(0)
const isPing = (bytes: Uint8Array) => bytes[0] === colon

function asBroken(cause: unknown, { signal, over }: Silence): Error {
  over()
  return signal.aborted ? (signal.reason as Error) : new BrokenReply('The connection to the model broke.', { cause })
}
