import type * as z from 'zod'
import type { Context } from '../context.ts'
import type { Principal } from '../domain/access.ts'
import type { Rate } from '../domain/tiers.ts'
import { carryOut, type Ending } from './carry-out.ts'
import { attempted } from './idempotency.ts'
import { match, type Routes } from './match.ts'
import { Refusal } from './operation.ts'
import { parse, readJson } from './parse.ts'
import { Problem, problemResponse } from './problem.ts'
import type { Timing } from './timing.ts'

export interface Fulfilling {
  routes: Routes
  context: Context
  timing: Timing
  requestId: string
}

/** The life of a request, in the order it happens: match, identify, limit, parse, then gate and run in one transaction. */
export async function fulfil(request: Request, { routes, context, timing, requestId }: Fulfilling): Promise<Response> {
  const url = new URL(request.url)
  const { operation, params } = match(routes, request.method, url.pathname)
  if (operation.kind === 'open') return Response.json(operation.answers[1].parse(await operation.run(context)))

  await timing.measure('rate', () => limit('address', addressOf(request), context))
  const principal = await timing.measure('auth', () => identify(request, context))
  const rate = operation.rate ?? (request.method === 'GET' ? 'read' : 'write')
  if (principal.kind === 'user') await timing.measure('rate', () => limit(rate, principal.userId, context))

  const given = {
    path: parsePath(operation, params),
    query: parse(operation.query, Object.fromEntries(url.searchParams), 'query'),
    body: parse(operation.body, operation.body && (await readJson(request)), 'body'),
    principal,
    requestId,
  }
  const attempt = attempted(request, principal, given.body)
  return respond(await timing.measure('db', () => carryOut({ operation, given, attempt, context })), requestId)
}

/** A path that cannot name anything names nothing. */
function parsePath({ path }: { path?: z.ZodType }, params: Record<string, string>): unknown {
  if (!path) return undefined
  const found = path.safeParse(params)
  if (!found.success) throw new Problem('not_found')
  return found.data
}

async function limit(rate: Rate, subject: string, { limiter }: Context): Promise<void> {
  const seconds = await limiter.take(rate, subject)
  if (seconds > 0) throw new Problem('rate_limited', { headers: { 'retry-after': String(seconds) } })
}

/** Wrong credentials count against the address they come from. */
async function identify(request: Request, context: Context): Promise<Principal> {
  const principal = await context.identify(request)
  if (principal) return principal
  await limit('sign-in', addressOf(request), context)
  throw new Problem('unauthenticated', { headers: { 'www-authenticate': 'Bearer' } })
}

/** The last address the platform's own proxy added; the ones before it are the caller's word. */
function addressOf(request: Request): string {
  return request.headers.get('x-forwarded-for')?.split(',').at(-1)?.trim() ?? 'unknown'
}

function respond(ending: Ending, requestId: string): Response {
  if (ending instanceof Refusal) {
    const { code, detail, headers } = ending
    return problemResponse(code, { ...(detail ? { detail } : {}), headers }, requestId)
  }
  const { status, body } = ending
  if (status === 204) return new Response(null, { status })
  if (status === 302)
    return new Response(null, { status, headers: { location: (body as { location: string }).location } })
  return Response.json(body, { status })
}
