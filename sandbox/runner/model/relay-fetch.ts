import { callHeader, failureHeader, ModelCall, ModelChunk } from '../../../lib/contract/model.ts'
import { paths } from '../../../lib/contract/paths.ts'
import type { ControlPlane } from '../control-plane.ts'
import { BrokenReply } from './fault.ts'
import { reach } from '../reach.ts'
import { openSilence } from './silence.ts'
import { streamedReply } from './streamed-reply.ts'

const submitWithin = 30_000
const firstWait = 25
const longestWait = 250
const usualSilence = 60_000

/** Names what a request is for; read here and not sent on. */
export const purposeHeader = 'x-everjust-purpose'

/**
 * A `fetch` for the model's SDK that goes through the gateway. Its host may stream the reply at once; the API accepts the
 * request, and the reply is read from storage, chunk by chunk, as another program writes it. Refusals pass as they are.
 */
export function relayFetch(
  plane: ControlPlane,
  { gateway, mostSilence = usualSilence }: { gateway?: string | undefined; mostSilence?: number } = {},
): typeof fetch {
  const address = gateway === undefined ? paths.modelCalls() : new URL(paths.modelCalls(), gateway).href
  return async (_input, init = {}) => {
    const signal = init.signal ?? new AbortController().signal
    const headers = new Headers(init.headers)
    const beta = headers.get('anthropic-beta')
    const body = {
      body: JSON.parse(String(init.body)) as unknown,
      purpose: headers.get(purposeHeader) ?? 'work',
      headers: {
        'anthropic-version': headers.get('anthropic-version') ?? '',
        ...(beta === null ? {} : { 'anthropic-beta': beta }),
      },
    }
    const silence = openSilence(gateway === undefined ? submitWithin : mostSilence)
    const submitted = await plane.once('POST', address, { body, signal: AbortSignal.any([signal, silence.signal]) })
    if (submitted.headers.has(callHeader)) return streamedReply(submitted, silence)
    silence.over()
    if (submitted.status !== 202) return submitted
    const chunks = readChunks(ModelCall.parse(await submitted.json()), plane, { signal, mostSilence })
    const first = await chunks.next()
    if (first.done) throw new BrokenReply('The reply has no beginning.')
    return asResponse(first.value, chunks)
  }
}

function asResponse(first: ModelChunk, rest: AsyncGenerator<ModelChunk>): Response {
  const encoder = new TextEncoder()
  const stream = new ReadableStream<Uint8Array>({
    start: (controller) => take(first, controller),
    pull: async (controller) => {
      // Chunks may be empty, and a pull that brings nothing is not repeated.
      for (let { value } = await rest.next(); value; { value } = await rest.next()) {
        take(value, controller)
        if (value.text !== '' || value.cut) return
      }
      controller.close()
    },
    cancel: async () => void (await rest.return(undefined)),
  })
  const headers = {
    'content-type': first.contentType ?? 'text/event-stream',
    ...(first.requestId ? { 'request-id': first.requestId } : {}),
    ...(first.retryAfter ? { 'retry-after': first.retryAfter } : {}),
    ...(first.failure ? { [failureHeader]: first.failure } : {}),
  }
  return new Response(stream, { status: first.status ?? 200, headers })

  function take({ text, cut }: ModelChunk, controller: ReadableStreamDefaultController<Uint8Array>) {
    if (text !== '') controller.enqueue(encoder.encode(text))
    if (cut) controller.error(new BrokenReply('The connection to the model broke.'))
  }
}

async function* readChunks(
  call: ModelCall,
  plane: ControlPlane,
  { signal, mostSilence }: { signal: AbortSignal; mostSilence: number },
): AsyncGenerator<ModelChunk> {
  let { chunks, from } = call
  for (let n = from; ; n++) {
    if (n >= from + chunks.length) await moreFrom(n)
    const chunk = await waitFor(n)
    yield chunk
    if (chunk.done || chunk.cut) return
  }

  async function waitFor(n: number): Promise<ModelChunk> {
    const until = Date.now() + mostSilence
    for (let wait = firstWait; Date.now() < until; wait = Math.min(wait * 1.5, longestWait)) {
      const response = await reach(chunks[n - from] ?? '', { signal }).catch(unlessStopped)
      if (response?.ok) return ModelChunk.parse(await response.json())
      // The addresses are good for a while only.
      if (response?.status === 403) await moreFrom(n)
      await pause(wait, signal)
    }
    throw new BrokenReply('The model has been silent for too long.')
  }

  async function moreFrom(n: number) {
    ;({ chunks, from } = await plane.call(`${paths.modelCalls()}/${call.id}?from=${n}`, {
      method: 'GET',
      answer: ModelCall,
    }))
  }

  function unlessStopped(error: unknown) {
    if (signal.aborted) throw error
    return undefined
  }
}

async function pause(ms: number, signal: AbortSignal) {
  signal.throwIfAborted()
  await new Promise((resolve) => setTimeout(resolve, ms))
}
