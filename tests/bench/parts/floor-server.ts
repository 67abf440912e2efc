// The least that an honest server does for the same two requests: RS256 by jose, then one transaction under the same
// row-level security, its claims and its one query sent together, on one connection. No parsing, limits, log or headers.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createRemoteJWKSet, jwtVerify } from 'jose'
import postgres from 'postgres'
import { listen } from '../../../local/listen.ts'

const setting = (name: string) => process.env[name] ?? ''
const issuer = `${setting('AUTH0_DOMAIN')}/`
const keys = createRemoteJWKSet(new URL('.well-known/jwks.json', issuer))
const sql = postgres(setting('DATABASE_URL'), { max: 1, fetch_types: false, onnotice: () => {} })
const prefix = '/api/v1/projects'

const columns = sql`
  p.id, p.organization_id as "organizationId", p.name, p.template, p.visibility,
  p.current_version_id as "currentVersionId", p.active_generation_id as "activeGenerationId",
  p.created_at as "createdAt", p.updated_at as "updatedAt"`

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const token = request.headers.authorization?.slice('Bearer '.length) ?? ''
  const { payload } = await jwtVerify(token, keys, {
    algorithms: ['RS256'],
    issuer,
    audience: setting('AUTH0_AUDIENCE'),
  })
  // The subject is the user's id here, so that the floor needs no look-up.
  const user = payload.sub ?? ''
  const id = (request.url ?? '').slice(prefix.length + 1).split('?')[0]
  const rows = await sql.begin(async (transaction) => {
    const [, found] = await Promise.all([
      transaction`select set_config('role', 'everjust_app', true), set_config('everjust.user', ${user}, true),
        set_config('everjust.project', '', true)`,
      id ? read(transaction, id) : list(transaction, user),
    ])
    return found
  })
  const body = JSON.stringify(id ? rows[0] : { items: rows.slice(0, 20), next: rows.at(-1)?.['id'] ?? null })
  response.writeHead(200, { 'content-type': 'application/json' }).end(body)
}

function read(transaction: postgres.TransactionSql, id: string) {
  return transaction`
    select ${columns} from everjust.projects p
    where p.id = ${id} and p.deleted_at is null`
}

function list(transaction: postgres.TransactionSql, user: string) {
  return transaction`
    select ${columns} from everjust.projects p
    where p.deleted_at is null and p.organization_id = (
      select o.id from everjust.memberships m join everjust.organizations o on o.id = m.organization_id
      where m.user_id = ${user} and o.kind = 'personal')
    order by p.updated_at desc, p.id desc
    limit 21`
}

const server = createServer((request, response) => void answer(request, response))
process.send?.({ port: await listen(server, 0) })
