import * as jose from 'jose'
import * as z from 'zod'
import { readText, type Context, type Middleware } from './dialect.ts'
import { publicKeys } from './keys.ts'
import { companyRoutes } from './management-companies.ts'
import type { Person } from './people.ts'
import { managementAudience, type Tenant } from './tenant.ts'

type Answer = { status: number; body?: unknown }
type Call = { tenant: Tenant; ctx: Context; id: string }
type Route = { method: string; path: RegExp; scope: string; answer(call: Call): Promise<Answer> }

const change = z.object({
  blocked: z.boolean().optional(),
  name: z.string().max(300).optional(),
  app_metadata: z.record(z.string(), z.unknown()).optional(),
})

const ROUTES: Route[] = [
  { method: 'GET', path: /^\/api\/v2\/users$/, scope: 'read:users', answer: search },
  { method: 'GET', path: /^\/api\/v2\/users\/([^/]+)$/, scope: 'read:users', answer: read },
  { method: 'PATCH', path: /^\/api\/v2\/users\/([^/]+)$/, scope: 'update:users', answer: update },
  { method: 'DELETE', path: /^\/api\/v2\/users\/([^/]+)$/, scope: 'delete:users', answer: remove },
  { method: 'GET', path: /^\/api\/v2\/users\/([^/]+)\/roles$/, scope: 'read:roles', answer: roles },
  ...companyRoutes.map(({ answer, ...route }) => ({
    ...route,
    answer: async ({ tenant, ctx, id }: Call) => answer({ tenant, id, body: parse(await readText(ctx.req)) }),
  })),
]

/** The part of Auth0's management API that deleting, blocking and looking up people needs. */
export const management =
  (tenant: Tenant): Middleware =>
  async (ctx, next) => {
    if (!ctx.path.startsWith('/api/v2/')) return next()
    const { status, body } = await route(tenant, ctx)
    ctx.status = status
    if (body !== undefined) ctx.body = body
  }

const route = async (tenant: Tenant, ctx: Context): Promise<Answer> => {
  const scopes = await scopesOfCaller(tenant, ctx.get('authorization'))
  if (!scopes) return problem(401, 'Unauthorized', 'Invalid token')
  const found = ROUTES.find(({ method, path }) => method === ctx.method && path.test(ctx.path))
  if (!found) return problem(404, 'Not Found', 'This part of the management API does not exist locally.')
  if (!scopes.includes(found.scope)) {
    return problem(403, 'Forbidden', `Insufficient scope, expected any of: ${found.scope}`)
  }
  return found.answer({ tenant, ctx, id: decodeURIComponent(found.path.exec(ctx.path)?.[1] ?? '') })
}

const scopesOfCaller = async (tenant: Tenant, header: string): Promise<string[] | undefined> => {
  const expected = { issuer: tenant.issuer, audience: managementAudience(tenant), algorithms: ['RS256'] }
  return jose.jwtVerify(header.replace(/^Bearer /i, ''), publicKeys(tenant.keys), expected).then(
    ({ payload }) => String(payload.scope ?? '').split(' '),
    () => undefined,
  )
}

async function search({ tenant, ctx }: Call): Promise<Answer> {
  const email = /^email:"?([^"]+)"?$/.exec(String(ctx.query.q ?? ''))?.[1]
  const people = tenant.people.all().filter((person) => !email || person.email === email)
  return { status: 200, body: people.map(publicView) }
}

async function read({ tenant, id }: Call): Promise<Answer> {
  const person = tenant.people.find(id)
  return person ? { status: 200, body: publicView(person) } : missing()
}

async function update({ tenant, ctx, id }: Call): Promise<Answer> {
  const parsed = change.safeParse(parse(await readText(ctx.req)))
  if (!parsed.success) return problem(400, 'Bad Request', 'Payload validation error')
  const { blocked, name, app_metadata: metadata } = parsed.data
  const part = { ...(blocked !== undefined && { blocked }), ...(name && { name }), ...(metadata && { metadata }) }
  const person = await tenant.people.change(id, part)
  return person ? { status: 200, body: publicView(person) } : missing()
}

async function remove({ tenant, id }: Call): Promise<Answer> {
  await tenant.people.remove(id)
  return { status: 204 }
}

async function roles({ tenant, id }: Call): Promise<Answer> {
  return tenant.people.find(id) ? { status: 200, body: [] } : missing()
}

const publicView = (person: Person) => ({
  user_id: person.id,
  email: person.email,
  email_verified: true,
  name: person.name,
  blocked: person.blocked,
  app_metadata: { tier: person.tier, ...person.metadata },
  created_at: person.createdAt,
  updated_at: person.updatedAt,
})

const missing = () => problem(404, 'Not Found', 'The user does not exist.')

const problem = (statusCode: number, error: string, message: string): Answer => ({
  status: statusCode,
  body: { statusCode, error, message },
})

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
