import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ModelChunk, ModelRequest } from '../lib/contract/model.ts'
import { decide, type Principal } from '../lib/domain/access.ts'
import { objectKeys } from '../lib/ports/object-store.ts'
import type { OpenCall } from '../lib/store/model-calls.ts'
import { storesOf } from '../lib/store/stores.ts'
import { holdCall, type CallObjection } from '../lib/work/hold-call.ts'
import { relayCall } from '../lib/work/relay-call.ts'
import { settleCall } from '../lib/work/settle-call.ts'
import { pathOf, readAsked } from './asked.ts'
import type { GatewayDesk } from './context.ts'
import { refuse } from './refusal.ts'
import { openStream } from './stream.ts'

/** One request, from its token to its last event. */
export async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { desk, pingMs }: { desk: GatewayDesk; pingMs: number },
): Promise<void> {
  if (pathOf(request) === '/health') return void response.end('ok')
  const principal = await desk.runTokens.read(tokenOf(request))
  if (!principal) return refuse(response, 'unauthenticated')
  const asked = await readAsked(request)
  if (typeof asked === 'string') return refuse(response, asked)
  const held = await hold(desk, principal, asked)
  if (held === 'not_found') return refuse(response, held)
  if ('objection' in held) return refuse(response, held.objection, held.detail)
  await pass(response, desk, { call: held, request: asked, pingMs })
}

/** The token of a run, as a bearer or as the vendor's clients send their key. */
function tokenOf({ headers }: IncomingMessage): string {
  const key = headers['x-api-key']
  return headers.authorization?.replace(/^Bearer /i, '') ?? (typeof key === 'string' ? key : '')
}

/** The same gate as before an operation: who may not know of the project is told that nothing is there. */
function hold(
  desk: GatewayDesk,
  principal: Extract<Principal, { kind: 'run' }>,
  request: ModelRequest,
): Promise<OpenCall | CallObjection | 'not_found'> {
  return desk.database.as(principal, async (transaction) => {
    const stores = storesOf(transaction)
    const standing = await stores.standings.inProject(principal, principal.projectId)
    if (decide(principal, 'model.call', standing) !== 'allowed') return 'not_found'
    return holdCall({ ...desk, ...stores }, { principal, request })
  })
}

async function pass(
  response: ServerResponse,
  desk: GatewayDesk,
  { call, request, pingMs }: { call: OpenCall; request: ModelRequest; pingMs: number },
): Promise<void> {
  const gone = new AbortController()
  const leave = () => gone.abort(new Error('Whoever asked went away.'))
  response.on('close', leave)
  // They may have left while the money was held.
  if (response.destroyed) leave()
  const { id, projectId } = call
  const asked = keep(desk, objectKeys.modelRequest(projectId, id), request)
  const stream = openStream(response, { id, pingMs })
  const result = await relayCall(desk, {
    call,
    request,
    sink: stream,
    isWanted: (usage) => desk.within(({ modelCalls }) => modelCalls.attend(id, usage)),
    gone: gone.signal,
  })
  // Settled before the last event is there to be read: the runner's next call must find the held money back.
  await settleCall(desk, { id, model: call.model, usage: result.usage, status: result.status })
  stream.end(result.cut)
  await Promise.all([asked, keep(desk, objectKeys.modelChunk(projectId, id, 0), stream.stored(result.cut))])
}

/** Kept for the recording of the run; nobody waits for it. */
async function keep(desk: GatewayDesk, key: string, what: ModelRequest | ModelChunk): Promise<void> {
  await desk.objects.put(key, JSON.stringify(what), 'application/json').catch((error: unknown) => {
    desk.log('warning', 'a call could not be kept for its recording', { key, error })
  })
}
