import * as z from 'zod'
import type { Tenant } from './tenant.ts'

type Answer = { status: number; body?: unknown }
type Asked = { tenant: Tenant; id: string; body: unknown }

const named = z.object({ name: z.string().regex(/^[a-z0-9][a-z0-9_-]{0,49}$/), display_name: z.string().max(255) })
const ticketed = z.object({ enabled_organizations: z.array(z.object({ organization_id: z.string() })).min(1) })

/** Organizations, by the part of Auth0's management API that connecting a company's directory needs. */
export const companyRoutes = [
  { method: 'POST', path: /^\/api\/v2\/organizations$/, scope: 'create:organizations', answer: add },
  { method: 'GET', path: /^\/api\/v2\/organizations\/name\/([^/]+)$/, scope: 'read:organizations', answer: byName },
  {
    method: 'GET',
    path: /^\/api\/v2\/organizations\/([^/]+)\/enabled_connections$/,
    scope: 'read:organization_connections',
    answer: connections,
  },
  { method: 'GET', path: /^\/api\/v2\/organizations\/([^/]+)$/, scope: 'read:organizations', answer: read },
  { method: 'DELETE', path: /^\/api\/v2\/organizations\/([^/]+)$/, scope: 'delete:organizations', answer: remove },
  { method: 'DELETE', path: /^\/api\/v2\/connections\/([^/]+)$/, scope: 'delete:connections', answer: disconnect },
  {
    method: 'POST',
    path: /^\/api\/v2\/self-service-profiles\/([^/]+)\/sso-ticket$/,
    scope: 'create:sso_access_tickets',
    answer: ticket,
  },
]

async function add({ tenant, body }: Asked): Promise<Answer> {
  const wanted = named.safeParse(body)
  if (!wanted.success) return { status: 400 }
  const { name, display_name: displayName } = wanted.data
  if (tenant.companies.byName(name)) return { status: 409, body: { statusCode: 409, error: 'Conflict' } }
  const { id } = await tenant.companies.add(name, displayName)
  return { status: 201, body: { id, name, display_name: displayName } }
}

async function byName({ tenant, id: name }: Asked): Promise<Answer> {
  const found = tenant.companies.byName(name)
  return found ? { status: 200, body: { id: found.id, name, display_name: found.displayName } } : { status: 404 }
}

async function read({ tenant, id }: Asked): Promise<Answer> {
  const found = tenant.companies.find(id)
  return found ? { status: 200, body: { id, name: found.name, display_name: found.displayName } } : { status: 404 }
}

async function remove({ tenant, id }: Asked): Promise<Answer> {
  await tenant.companies.remove(id)
  return { status: 204 }
}

/** With everybody who came by it, as Auth0 does. */
async function disconnect({ tenant, id }: Asked): Promise<Answer> {
  const company = await tenant.companies.disconnect(id)
  const gone = tenant.people.all().filter((person) => person.company !== undefined && person.company === company?.id)
  for (const person of gone) await tenant.people.remove(person.id)
  return { status: 202, body: { deleted_at: new Date().toISOString() } }
}

async function connections({ tenant, id }: Asked): Promise<Answer> {
  const found = tenant.companies.find(id)
  if (!found) return { status: 404 }
  const { connection } = found
  const view = connection && {
    connection_id: connection.id,
    assign_membership_on_login: true,
    connection: { name: connection.name, strategy: connection.strategy },
  }
  return { status: 200, body: view ? [view] : [] }
}

async function ticket({ tenant, body }: Asked): Promise<Answer> {
  const wanted = ticketed.safeParse(body)
  const company = tenant.companies.find(wanted.data?.enabled_organizations[0]?.organization_id ?? '')
  if (!company) return { status: 400 }
  return {
    status: 201,
    body: { ticket: `${tenant.origin}/self-service?ticket=${tenant.companies.openTicket(company.id)}` },
  }
}
