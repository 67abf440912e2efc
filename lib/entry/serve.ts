import { randomUUID } from 'node:crypto'
import type { Context } from '../context.ts'
import { Fault } from '../ports/fault.ts'
import { corsHeaders, preflight } from './cors.ts'
import { toAnswer, toCall, type Call, type Reply, type WebAnswer, type WebEvent } from './event.ts'
import { fulfil } from './fulfil.ts'
import { withoutToken, type Routes } from './match.ts'
import { Problem, problemReply } from './problem.ts'
import { Timing } from './timing.ts'

/** The entrance of a web function: a platform event in, an answer out, whatever happens on the way. */
export function serve(routes: Routes, context: () => Context) {
  let cold = true
  return async function main(event: WebEvent): Promise<WebAnswer> {
    const timing = new Timing(cold)
    cold = false
    return toAnswer(await answer(toCall(event), { routes, context, timing }))
  }
}

interface Serving {
  routes: Routes
  context: () => Context
  timing: Timing
}

async function answer(call: Call, { routes, context, timing }: Serving): Promise<Reply> {
  const requestId = call.header('x-request-id')?.match(/^[\w-]{8,64}$/)?.[0] ?? randomUUID()
  const world = context()
  const { web } = world.origins
  if (call.method === 'OPTIONS') return preflight(call, web)
  const { status, headers, body } = await fulfil(call, { routes, context: world, timing, requestId }).catch(
    (error: unknown) => endingOf(error, world, requestId),
  )
  world.log(status >= 500 ? 'error' : 'notice', 'answered', {
    requestId,
    method: call.method,
    path: withoutToken(routes, call.path),
    status,
    ...timing.fields(),
  })
  const traces = { 'x-request-id': requestId, 'server-timing': timing.header() }
  return { status, headers: { ...safeHeaders, ...headers, ...corsHeaders(call, web), ...traces }, body }
}

function endingOf(error: unknown, { log }: Context, requestId: string): Reply {
  if (error instanceof Problem) return problemReply(error.code, error.particulars, requestId)
  log('error', error instanceof Fault ? 'a service failed' : 'a bug', { requestId, error })
  if (error instanceof Fault && error.retryable) {
    return problemReply('unavailable', { headers: { 'retry-after': '5' } }, requestId)
  }
  return problemReply('internal', {}, requestId)
}

const safeHeaders = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
}
