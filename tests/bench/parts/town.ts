import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { exportJWK, generateKeyPair } from 'jose'
import postgres from 'postgres'
import { newId } from '../../../lib/contract/ids.ts'
import { startPostgres } from '../../../local/postgres/index.ts'
import { startRedis } from '../../../local/redis/index.ts'
import { grantLogin, migrate } from '../../../scripts/migrate.ts'
import { forgetRates } from '../../world/forget-rates.ts'
import { audience, clientId, openIssuer } from '../../world/issuer.ts'

export interface Person {
  token: string
  projects: string[]
  /** The network address the person calls from. */
  address: string
}

/** What the web functions need, with people in it who have projects. */
export interface Town {
  folder: string
  environment: Record<string, string>
  ownerUrl: string
  people: Person[]
  /** Forgets who asked how often, so that nobody meets a rate limit. */
  forgetRates(): Promise<void>
  close(): Promise<void>
}

/** A database, an issuer and a counter, with `people` of `projects` projects each. */
export async function openTown(size: { people: number; projects: number }): Promise<Town> {
  await using parts = new AsyncDisposableStack()
  const folder = await mkdtemp(join(tmpdir(), 'everjust-bench-'))
  parts.defer(() => rm(folder, { recursive: true, force: true }))
  const database = await startPostgres({ dataDir: join(folder, 'postgres'), port: 0, durable: false })
  parts.defer(() => database.stop())
  const counting = randomBytes(16).toString('hex')
  const redis = await startRedis({ dataDir: join(folder, 'redis'), port: 0, token: counting })
  parts.defer(() => redis.stop())
  const issuer = await openIssuer()
  parts.defer(() => issuer.close())

  await migrate(database.ownerUrl)
  await grantLogin(database.ownerUrl, database.url)
  const inhabitants = await settle(database.ownerUrl, issuer.domain, size)
  const people = await Promise.all(
    inhabitants.map(async ({ user, projects }, at) => ({
      token: await issuer.token({ sub: user }),
      projects,
      address: `10.0.${at >> 8}.${at & 255}`,
    })),
  )
  const { privateKey } = await generateKeyPair('EdDSA', { extractable: true })
  const environment = {
    ...unused,
    DATABASE_URL: database.url,
    AUTH0_DOMAIN: issuer.domain,
    AUTH0_AUDIENCE: audience,
    AUTH0_CLIENT_ID: clientId,
    UPSTASH_REDIS_REST_URL: redis.url,
    UPSTASH_REDIS_REST_TOKEN: counting,
    TOKEN_SECRET: randomBytes(32).toString('hex'),
    SEALING_KEY: randomBytes(32).toString('hex'),
    OWN_ENDPOINTS: 'local',
    TICKET_PRIVATE_KEY: JSON.stringify(await exportJWK(privateKey)),
  }
  const all = parts.move()
  return {
    folder,
    environment,
    ownerUrl: database.ownerUrl,
    people,
    forgetRates: () => forgetRates(redis.url, counting),
    close: () => all.disposeAsync(),
  }
}

/** Settings that must be there, of services that reading projects never asks. */
const unused = {
  EVERJUST_URL: 'http://localhost:4700',
  WEB_ORIGINS: 'http://localhost:4700',
  SPACES_ENDPOINT: 'http://127.0.0.1:9',
  SPACES_REGION: 'us-east-1',
  SPACES_BUCKET: 'everjust',
  SPACES_KEY: 'key',
  SPACES_SECRET: 'secret',
  FUNCTIONS_API_URL: 'http://127.0.0.1:9',
  FUNCTIONS_API_KEY: 'id:secret',
  MODEL: 'scripted-1',
}

async function settle(ownerUrl: string, issuer: string, size: { people: number; projects: number }) {
  const sql = postgres(ownerUrl, { max: 1, onnotice: () => {} })
  const inhabitants: { user: string; projects: string[] }[] = []
  try {
    for (let person = 0; person < size.people; person++) {
      const user = newId('user')
      const organization = newId('organization')
      await sql`select everjust.sign_in(${user}, ${organization}, ${`${issuer}/`}, ${user}, null, null)`
      const projects = Array.from({ length: size.projects }, () => newId('project'))
      await sql`
        insert into everjust.projects (id, organization_id, created_by, name, template, visibility, updated_at)
        select id, ${organization}, ${user}, 'Habit tracker ' || n, 'react', 'private', now() - n * interval '1 minute'
        from unnest(${projects}::text[]) with ordinality as given (id, n)`
      inhabitants.push({ user, projects })
    }
    await sql`vacuum analyze everjust.projects, everjust.users, everjust.organizations, everjust.memberships`
  } finally {
    await sql.end({ timeout: 1 })
  }
  return inhabitants
}
