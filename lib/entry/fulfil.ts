import type * as z from 'zod/mini'
import type { Context } from '../context.ts'
import type { Principal } from '../domain/access.ts'
import { agentOf } from '../domain/agent.ts'
import { shortened } from '../domain/origin.ts'
import type { Rate } from '../domain/rates.ts'
import { carryOut, readInPublic, type Ending } from './carry-out.ts'
import type { Call, Reply } from './event.ts'
import { attempted } from './idempotency.ts'
import { match, operationOf, type Routes } from './match.ts'
import { Refusal, type PublicOperation } from './operation.ts'
import { parse, readJson } from './parse.ts'
import { Problem, problemReply, signedOut } from './problem.ts'
import type { Timing } from './timing.ts'

export interface Fulfilling {
  routes: Routes
  context: Context
  timing: Timing
  requestId: string
}

/** The life of a request, in the order it happens: match, identify, limit, parse, then gate and run in one transaction. */
export async function fulfil(call: Call, { routes, context, timing, requestId }: Fulfilling): Promise<Reply> {
  const { route, params } = match(routes, call.method, call.path)
  if (typeof route !== 'function' && route.kind === 'open') {
    return json(200, route.answers[1].parse(await route.run(context)))
  }
  if (typeof route !== 'function' && route.kind === 'public') {
    return showInPublic(route, { call, params }, { context, timing, requestId })
  }

  // The first three go over the network when the instance is cold, so none waits for another, and the fourth computes.
  context.database.open()
  const [principal, , operation] = await Promise.all([
    timing.measure('auth', () => identify(call, context)),
    timing.measure('rate', () => limit('address', addressOf(call), context)),
    (timing.cold ? asked() : Promise.resolve()).then(() => operationOf(route)),
  ])
  const rate = operation.rate ?? (call.method === 'GET' ? 'read' : 'write')
  await timing.measure('rate', () => limitCaller(rate, principal, context))

  const given = {
    path: parsePath(operation, params),
    query: parse(operation.query, Object.fromEntries(call.query), 'query'),
    body: parse(operation.body, operation.body && readJson(call), 'body'),
    principal,
    requestId,
    origin: shortened(addressOf(call)),
  }
  const attempt = attempted(call, principal, given.body)
  return respond(await timing.measure('db', () => carryOut({ operation, given, attempt, context })), requestId)
}

/** The same for who need not sign in: what was read may be kept for a while by whoever carries it. */
async function showInPublic(
  route: PublicOperation,
  { call, params }: { call: Call; params: Record<string, string> },
  { context, timing, requestId }: Omit<Fulfilling, 'routes'>,
): Promise<Reply> {
  const address = addressOf(call)
  await timing.measure('rate', () => limit('address', address, context))
  const input = {
    path: parsePath(route, params),
    query: parse(route.query, Object.fromEntries(call.query), 'query'),
  }
  for (const [rate, subject] of route.rates?.(input.path, address) ?? []) {
    await timing.measure('rate', () => limit(rate, subject, context))
  }
  const reply = respond(await timing.measure('db', () => readInPublic(route, input, context)), requestId)
  const { freshSeconds } = route
  const kept = { 'cache-control': freshSeconds > 0 ? `public, max-age=${freshSeconds}` : 'no-store' }
  return reply.status === 200 ? { ...reply, headers: { ...reply.headers, ...kept } } : reply
}

/** Once what was begun has gone out. */
const asked = () => new Promise((resolve) => setImmediate(resolve))

/** A path that cannot name anything names nothing. */
function parsePath({ path }: { path?: z.ZodMiniType }, params: Record<string, string>): unknown {
  if (!path) return undefined
  const found = path.safeParse(params)
  if (!found.success) throw new Problem('not_found')
  return found.data
}

/** A key has rates of its own, so that no script takes its person's; what spends money is the person's by every way. */
async function limitCaller(rate: Rate, principal: Principal, context: Context): Promise<void> {
  if (principal.kind !== 'user') return
  const { key, userId } = principal
  await Promise.all([
    key && limit('key', key.id, { ...context, most: key.requestsPerMinute }),
    limit(rate, key && rate !== 'spend' ? key.id : userId, context),
  ])
}

interface Limiting extends Pick<Context, 'limiter'> {
  most?: number
}

async function limit(rate: Rate, subject: string, { limiter, most }: Limiting): Promise<void> {
  const seconds = await limiter.take(rate, subject, most)
  if (seconds > 0) throw new Problem('rate_limited', { headers: { 'retry-after': String(seconds) } })
}

/** Wrong credentials count against the address they come from. */
async function identify(call: Call, context: Context): Promise<Principal> {
  const principal = await context.identify(call.header('authorization'), {
    agent: agentOf(call.header('user-agent')),
    origin: shortened(addressOf(call)),
  })
  if (principal) return principal
  await limit('sign-in', addressOf(call), context)
  throw signedOut()
}

/** The last address the platform's own proxy added; the ones before it are the caller's word. */
function addressOf(call: Call): string {
  return call.header('x-forwarded-for')?.split(',').at(-1)?.trim() ?? 'unknown'
}

function respond(ending: Ending, requestId: string): Reply {
  if (ending instanceof Refusal) {
    const { code, detail, headers } = ending
    return problemReply(code, { ...(detail ? { detail } : {}), headers }, requestId)
  }
  const { status, body } = ending
  if (status === 204) return { status, headers: {}, body: undefined }
  if (status === 302) return { status, headers: { location: (body as { location: string }).location }, body: undefined }
  return json(status, body as object)
}

function json(status: number, body: object): Reply {
  return { status, headers: { 'content-type': 'application/json' }, body }
}
