import { randomUUID } from 'node:crypto'
import type { Context } from '../context.ts'
import { Fault } from '../ports/fault.ts'
import { corsHeaders, preflight } from './cors.ts'
import { toAnswer, toRequest, type WebAnswer, type WebEvent } from './event.ts'
import { fulfil } from './fulfil.ts'
import type { Routes } from './match.ts'
import { Problem, problemResponse } from './problem.ts'
import { Timing } from './timing.ts'

/** The entrance of a web function: a platform event in, an answer out, whatever happens on the way. */
export function serve(routes: Routes, context: () => Context) {
  let cold = true
  return async function main(event: WebEvent): Promise<WebAnswer> {
    const timing = new Timing(cold)
    cold = false
    return toAnswer(await answer(toRequest(event), { routes, context, timing }))
  }
}

interface Serving {
  routes: Routes
  context: () => Context
  timing: Timing
}

async function answer(request: Request, { routes, context, timing }: Serving): Promise<Response> {
  const requestId = request.headers.get('x-request-id')?.match(/^[\w-]{8,64}$/)?.[0] ?? randomUUID()
  const world = context()
  const { web } = world.origins
  if (request.method === 'OPTIONS') return preflight(request, web)
  const response = await fulfil(request, { routes, context: world, timing, requestId }).catch((error: unknown) =>
    endingOf(error, world, requestId),
  )
  for (const [name, value] of Object.entries({ ...safeHeaders, ...corsHeaders(request, web) }))
    response.headers.set(name, value)
  response.headers.set('x-request-id', requestId)
  response.headers.set('server-timing', timing.header())
  world.log(response.status >= 500 ? 'error' : 'notice', 'answered', {
    requestId,
    method: request.method,
    path: new URL(request.url).pathname,
    status: response.status,
    ...timing.fields(),
  })
  return response
}

function endingOf(error: unknown, { log }: Context, requestId: string): Response {
  if (error instanceof Problem) return problemResponse(error.code, error.particulars, requestId)
  log('error', error instanceof Fault ? 'a service failed' : 'a bug', { requestId, error })
  if (error instanceof Fault && error.retryable) {
    return problemResponse('unavailable', { headers: { 'retry-after': '5' } }, requestId)
  }
  return problemResponse('internal', {}, requestId)
}

const safeHeaders = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
}
