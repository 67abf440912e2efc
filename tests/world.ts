import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { exportJWK, generateKeyPair } from 'jose'
import postgres from 'postgres'
import { Config } from '../lib/config.ts'
import type { Context } from '../lib/context.ts'
import { newId, type JobId } from '../lib/contract/ids.ts'
import type { Role, User } from '../lib/contract/user.ts'
import type { Principal } from '../lib/domain/access.ts'
import { openLog } from '../lib/log.ts'
import type { Routes } from '../lib/entry/match.ts'
import { serve } from '../lib/entry/serve.ts'
import type { JobKind } from '../lib/ports/dispatcher.ts'
import { openContext } from '../lib/production.ts'
import { openPayments } from '../lib/production-payments.ts'
import { readRouteTables } from '../scripts/route-tables.ts'
import { callerOf, type Caller, type Mains } from './world/caller.ts'
import { freshDatabase } from './world/cluster.ts'
import { audience, clientId, openIssuer, type TestIssuer } from './world/issuer.ts'
import { giveRoom } from './world/room.ts'
import { theStandIns } from './world/stand-ins.ts'

export type { Answer, Caller } from './world/caller.ts'

export interface SignedIn extends Caller {
  id: User['id']
  organizationId: User['organizations'][number]['id']
}

export interface Instance {
  context: Context
  withToken(token: string | undefined): Caller
}

export interface World {
  context: Context
  /** The settings the context was made from. */
  settings: Record<string, string>
  issuer: TestIssuer
  /** The database's owner, whom row-level security does not bind: to arrange and to look. */
  sql: postgres.Sql
  /** The route tables of `packages/v1`, by function. */
  tables: Readonly<Record<string, Routes>>
  /** The same API with parts of the context replaced. */
  serving(changes: Partial<Context>): Mains
  anonymous: Caller
  /** The API in another warm instance: with a connection, caches and counts of its own. */
  instance(settings?: Record<string, string>): Promise<Instance>
  /** With what the issuer permits beside signing in. */
  signIn(email: string, permissions?: readonly string[]): Promise<SignedIn>
  withToken(token: string): Caller
  /** A caller that is the runner of one attempt. */
  asRun(run: Omit<Extract<Principal, { kind: 'run' }>, 'kind'>): Promise<Caller>
  /** Wake-ups in the order they were sent. */
  wakes: { kind: JobKind; jobId: JobId }[]
  logs: Record<string, unknown>[]
  /** Fails when something is left behind: errors in the log, jobs other than these, runs or model calls under way. */
  settled(expected?: { jobs?: JobKind[] }): Promise<void>
  close(): Promise<void>
}

/** The API with real parts: its own database, object storage, issuer. Closed by `after` of a test or a file. */
export async function openWorld(
  { after }: { after(work: () => Promise<void>): void },
  changes: { settings?: Record<string, string> } = {},
): Promise<World> {
  const [database, issuer, standIns, tables] = await Promise.all([
    freshDatabase(),
    openIssuer(),
    theStandIns(),
    readRouteTables(),
  ])
  const settings = { ...(await settingsOf(database.url, issuer)), ...standIns, ...changes.settings }
  const logs: World['logs'] = []
  const wakes: World['wakes'] = []
  const log = openLog({}, (line) => logs.push(JSON.parse(line) as Record<string, unknown>))
  const context: Context = {
    ...openContext(new Config(settings), log),
    payments: openPayments(new Config(settings)),
    dispatcher: { wake: async (kind, jobId) => void wakes.push({ kind, jobId }) },
  }
  const serving = (replaced: Partial<Context>): Mains =>
    Object.fromEntries(
      Object.entries(tables).map(([name, routes]) => [name, serve(routes, () => ({ ...context, ...replaced }))]),
    )
  const mains = serving({})
  const sql = postgres(database.ownerUrl, { max: 2, onnotice: () => {} })
  const close = async () => {
    await Promise.all([context.database.close(), sql.end({ timeout: 1 }), issuer.close()])
    await database.drop()
  }
  after(close)
  return {
    context,
    settings,
    issuer,
    sql,
    tables,
    serving,
    anonymous: callerOf(mains, undefined),
    withToken: (token) => callerOf(mains, token),
    instance: async (changed = {}) => {
      const own = { ...openContext(new Config({ ...settings, ...changed }), log), dispatcher: context.dispatcher }
      after(() => own.database.close())
      const its = serving(own)
      return { context: own, withToken: (token) => callerOf(its, token) }
    },
    signIn: async (email, permissions = []) => {
      const person = await signIn({ email, permissions }, issuer, mains)
      await giveRoom(sql, person.organizationId)
      return person
    },
    asRun: async (run) => callerOf(mains, await context.runTokens.mint(run, 600)),
    wakes,
    logs,
    settled: (expected) => settled(sql, logs, expected?.jobs ?? []),
    close,
  }
}

async function settingsOf(databaseUrl: string, issuer: TestIssuer): Promise<Record<string, string>> {
  const { privateKey } = await generateKeyPair('EdDSA', { extractable: true })
  return {
    DATABASE_URL: databaseUrl,
    EVERJUST_URL: 'http://localhost:4700',
    WEB_ORIGINS: 'http://localhost:4700',
    AUTH0_DOMAIN: issuer.domain,
    AUTH0_AUDIENCE: audience,
    AUTH0_CLIENT_ID: clientId,
    FUNCTIONS_API_URL: 'http://127.0.0.1:9',
    FUNCTIONS_API_KEY: 'id:secret',
    TOKEN_SECRET: randomBytes(32).toString('hex'),
    SEALING_KEY: randomBytes(32).toString('hex'),
    OWN_ENDPOINTS: 'local',
    TICKET_PRIVATE_KEY: JSON.stringify(await exportJWK(privateKey)),
    MODEL: 'scripted-1',
  }
}

async function signIn(
  { email, permissions }: { email: string; permissions: readonly string[] },
  issuer: TestIssuer,
  mains: Mains,
): Promise<SignedIn> {
  const namespace = 'https://everjust.dev/'
  const claims = { sub: `auth0|${email}`, [`${namespace}email`]: email, [`${namespace}name`]: email.split('@')[0] }
  const caller = callerOf(mains, await issuer.token({ ...claims, permissions }))
  const { status, body } = await caller.get('/user')
  assert.equal(status, 200, JSON.stringify(body))
  const { id, organizations } = body as User
  const personal = organizations.find(({ kind }) => kind === 'personal')
  assert.ok(personal)
  return { ...caller, id, organizationId: personal.id }
}

async function settled(sql: postgres.Sql, logs: World['logs'], expected: JobKind[]): Promise<void> {
  assert.deepEqual(
    logs.filter(({ level }) => level === 'error'),
    [],
    'errors were logged',
  )
  const jobs = await sql<{ kind: JobKind }[]>`
    select kind from everjust.jobs where state in ('queued', 'taken', 'failed') order by kind`
  assert.deepEqual(jobs.map(({ kind }) => kind).sort(), [...expected].sort(), 'other jobs are waiting than expected')
  const under = await sql`select id, state from everjust.generations where state in ('queued', 'running')`
  assert.deepEqual([...under], [], 'a generation is under way')
  const held = await sql`select id from everjust.model_calls where state = 'held'`
  assert.deepEqual([...held], [], 'a model call holds money')
}

/** An organization of several people, made by the database's owner. */
export async function makeTeam(
  { sql }: World,
  members: readonly { id: string; role: Role }[],
): Promise<User['organizations'][number]['id']> {
  const id = newId('organization')
  await sql`insert into everjust.organizations (id, name, kind, tier) values (${id}, 'Team', 'team', 'team')`
  await giveRoom(sql, id)
  for (const member of members) {
    await sql`
      insert into everjust.memberships (organization_id, user_id, role) values (${id}, ${member.id}, ${member.role})`
  }
  return id
}
