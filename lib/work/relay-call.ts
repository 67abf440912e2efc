import type { RelayDesk } from '../context.ts'
import type { ModelChunk, ModelRequest } from '../contract/model.ts'
import { forwarded } from '../domain/model-request.ts'
import type { TokenUsage } from '../domain/prices.ts'
import type { ModelReply } from '../ports/model-upstream.ts'
import type { OpenCall } from '../store/model-calls.ts'
import { upstreamOf, type PayingUpstream } from './paying-upstream.ts'
import { watch, type Guard } from './watch-call.ts'
import { withImages } from './with-images.ts'

/** Where the parts of a reply go as they come. */
export interface Sink {
  /** What is known of the reply before its first part. */
  begin(head: Pick<ModelChunk, 'status' | 'contentType' | 'requestId' | 'retryAfter' | 'failure'>): void
  /** Resolves at once unless a lot is waiting to be taken. */
  add(text: string): Promise<void>
}

/** What a call came to; `cut` when the reply did not come to its own end. */
export interface CallResult {
  status: number | null
  usage: TokenUsage | null
  cut: boolean
}

interface Relay {
  call: OpenCall
  request: ModelRequest
  sink: Sink
  /** Notes what was used so far, and answers whether the run still wants the reply. */
  isWanted(usage: TokenUsage | null): Promise<boolean>
  /** Set by whoever asked when they are gone. */
  gone?: AbortSignal
}

/** Asks the model and passes its reply on, for every host of the gateway alike. Never rejects for what the model does. */
export async function relayCall(desk: RelayDesk, relay: Relay): Promise<CallResult> {
  const { call, request, sink, gone } = relay
  const upstream = await upstreamOf(desk, call)
  if (!upstream) return refuse(sink, ownKeyGone)
  const [seen, digest] = await Promise.all([
    withImages(desk.objects, call.projectId, request),
    digestOf(call.requestedBy),
  ])
  const body = forwarded(seen, digest, call.maxTokens)
  const guard = watch(desk, { callId: call.id, isWanted: relay.isWanted, gone })
  return upstream
    .ask(body, request.headers, guard.signal)
    .then((reply) => pass(desk, reply, { sink, guard, upstream }))
    .catch(async (error: unknown) => {
      desk.log('warning', 'the model was not reached', { call: call.id, error })
      // Whoever hangs up first learns nothing about the other end.
      const isFinal = !guard.isUnwanted() && (await upstream.notReached(error))
      return refuse(sink, isFinal ? ownKeyRefused : unreachable)
    })
    .finally(guard.stop)
}

interface Passing {
  sink: Sink
  guard: Guard
  upstream: PayingUpstream
}

/** The answer as it comes. What was used up to a cut is kept, whatever cut it. */
async function pass(desk: RelayDesk, reply: ModelReply, { sink, guard, upstream }: Passing): Promise<CallResult> {
  const { status, contentType, requestId, retryAfter } = reply
  guard.listen(reply)
  const failure = await upstream.answered(status)
  sink.begin({
    status,
    contentType,
    ...(requestId ? { requestId } : {}),
    ...(retryAfter ? { retryAfter } : {}),
    ...(failure ? { failure } : {}),
  })
  const broke = await copy(reply, sink, guard).then(
    () => false,
    (error: unknown) => {
      desk.log('warning', 'a reply of the model was cut', { error })
      return true
    },
  )
  return { status, usage: reply.usage(), cut: broke || !(status >= 400 || reply.complete()) }
}

async function copy({ texts }: ModelReply, sink: Sink, guard: Guard): Promise<void> {
  let length = 0
  for await (const text of texts) {
    guard.heard()
    length += text.length
    if (length > longestReply) throw new Error('The reply is longer than any should be.')
    await sink.add(text)
  }
}

const longestReply = 8_000_000

/** In the vendor's own form, so that the vendor's client in the sandbox understands it. */
async function refuse(sink: Sink, { message, ...head }: Refused): Promise<CallResult> {
  sink.begin({ ...head, contentType: 'application/json' })
  await sink.add(JSON.stringify({ type: 'error', error: { type: 'api_error', message } }))
  return { status: head.status, usage: null, cut: false }
}

interface Refused {
  status: number
  failure?: 'own_key_refused'
  message: string
}
const unreachable: Refused = { status: 503, message: 'The model was not reached.' }
const ownKeyGone: Refused = {
  status: 401,
  failure: 'own_key_refused',
  message: 'The organization has no key any more.',
}
const ownKeyRefused: Refused = { status: 403, failure: 'own_key_refused', message: 'The address is not allowed.' }

/** A name for a person that means nothing to anybody else. */
async function digestOf(userId: string): Promise<string> {
  const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(`everjust:${userId}`))
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
