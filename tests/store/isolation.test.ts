import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import postgres from 'postgres'
import { newId, type OrganizationId, type ProjectId, type UserId } from '../../lib/contract/ids.ts'
import type { Principal } from '../../lib/domain/access.ts'
import { openDatabase } from '../../lib/store/sql.ts'
import { freshDatabase } from '../world/cluster.ts'

const addresses = await freshDatabase()
const owner = postgres(addresses.ownerUrl, { max: 1, onnotice: () => {} })
const database = openDatabase(addresses.url)
after(async () => {
  await Promise.all([owner.end({ timeout: 1 }), database.close()])
  await addresses.drop()
})

interface Tenant {
  user: UserId
  organization: OrganizationId
  project: ProjectId
}

const [ada, eve] = [await makeTenant(), await makeTenant()]
const tenants = [ada, eve, ...(await Promise.all(Array.from({ length: 28 }, () => makeTenant())))]

async function makeTenant(): Promise<Tenant> {
  const [user, organization, project] = [newId('user'), newId('organization'), newId('project')] as const
  await owner`insert into everjust.users (id, issuer, subject) values (${user}, 'test', ${user})`
  await owner`insert into everjust.organizations (id, name, kind) values (${organization}, 'x', 'personal')`
  await owner`insert into everjust.memberships (organization_id, user_id, role) values (${organization}, ${user}, 'owner')`
  await owner`insert into everjust.projects (id, organization_id, created_by, name, template, visibility)
    values (${project}, ${organization}, ${user}, 'x', 'static', 'private')`
  await fill({ user, organization, project })
  return { user, organization, project }
}

/** One row in every table that belongs to somebody. */
async function fill({ user, organization, project }: Tenant): Promise<void> {
  const [version, generation] = [newId('version'), newId('generation')]
  await owner`insert into everjust.versions (id, project_id, number, source, message, manifest_sha256, file_count, total_bytes)
    values (${version}, ${project}, 1, 'edit', 'x', 'x', 0, 0)`
  await owner`insert into everjust.blobs (project_id, sha256, size) values (${project}, 'x', 1)`
  await owner`insert into everjust.generations (id, project_id, organization_id, requested_by, state, prompt, model, cap_micros)
    values (${generation}, ${project}, ${organization}, ${user}, 'queued', 'x', 'x', 1)`
  await owner`insert into everjust.event_streams (project_id, last_seq) values (${project}, 1)`
  await owner`insert into everjust.events (project_id, seq, type, data) values (${project}, 1, 'x', '{}')`
  await owner`insert into everjust.sandboxes (project_id, state) values (${project}, 'started')`
  const entry = newId('ledgerEntry')
  await owner`insert into everjust.ledger (id, organization_id, metric, period, state, reserved)
    values (${entry}, ${organization}, 'micros', now(), 'reserved', 1)`
  await owner`insert into everjust.improvements (id, project_id, organization_id, user_id, ledger_id, prompt, model, own_key)
    values (${newId('improvement')}, ${project}, ${organization}, ${user}, ${entry}, 'x', 'x', false)`
  await owner`insert into everjust.ledger (id, organization_id, generation_id, metric, period, state, reserved)
    values (${newId('ledgerEntry')}, ${organization}, ${generation}, 'generations', now(), 'reserved', 1)`
  await owner`insert into everjust.quotas (organization_id, metric, period) values (${organization}, 'micros', now())`
  await owner`insert into everjust.usage_days (organization_id, day, project_id, user_id, model)
    values (${organization}, now(), '', '', '')`
  await owner`insert into everjust.model_calls (id, project_id, generation_id, attempt, model, state, held_micros)
    values (${newId('call')}, ${project}, ${generation}, 1, 'x', 'settled', 0)`
  await owner`insert into everjust.conversation_memories (project_id, up_to, text)
    values (${project}, ${generation}, 'x')`
  await owner`insert into everjust.queued_messages (id, project_id, written_by, prompt, wish, place)
    values (${newId('message')}, ${project}, ${user}, 'x', '{}', 1)`
  await owner`insert into everjust.images (id, project_id, uploaded_by, media_type, size, sha256)
    values (${newId('image')}, ${project}, ${user}, 'image/png', 1, 'x')`
  await owner`insert into everjust.caps (owner_kind, owner_id) values ('person', ${user})`
  await owner`insert into everjust.person_spending (user_id, period) values (${user}, now())`
  await owner`insert into everjust.member_spending (organization_id, user_id, period)
    values (${organization}, ${user}, now()) on conflict do nothing`
  await owner`insert into everjust.project_spending (project_id, period) values (${project}, now())`
  await owner`insert into everjust.jobs (id, kind, project_id, payload) values (${newId('job')}, 'x', ${project}, '{}')`
  await owner`insert into everjust.idempotency_keys (user_id, key, request_sha256) values (${user}, 'x', 'x')`
  await owner`insert into everjust.api_keys (id, user_id, name, secret_sha256, scopes)
    values (${newId('apiKey')}, ${user}, 'x', ${user}, '{}')`
  await owner`insert into everjust.sign_in_rules (organization_id) values (${organization})`
  await owner`insert into everjust.sessions (id, user_id, name, proved_at, two_factors)
    values (${newId('session')}, ${user}, 'x', now(), false)`
  await owner`insert into everjust.identities (id, user_id, issuer, subject)
    values (${newId('identity')}, ${user}, 'x', ${`linked|${user}`})`
  await owner`insert into everjust.organization_engine (organization_id) values (${organization})`
  await owner`insert into everjust.own_models (organization_id, sealed, hint) values (${organization}, 'x', 'x')`
  await owner`insert into everjust.file_locks (project_id, path) values (${project}, 'x')`
  await owner`insert into everjust.shares (id, project_id, digest, expires_at)
    values (${newId('share')}, ${project}, ${project}, now() + interval '1 hour')`
  await owner`insert into everjust.billing_accounts (organization_id) values (${organization})`
  await owner`insert into everjust.invoices (id, organization_id, state, total_micros, created_at)
    values (${organization}, ${organization}, 'paid', 1, now())`
  await owner`insert into everjust.top_ups (id, organization_id, requests, paid_micros, created_at)
    values (${organization}, ${organization}, 1, 1, now())`
  await owner`insert into everjust.meter_reports (id, organization_id, customer_id, requests)
    values (${organization}, ${organization}, 'x', 1)`
  await owner`insert into everjust.flag_organizations (name, organization_id, enabled) values ('x', ${organization}, true)`
  await owner`insert into everjust.folders (id, organization_id, name, created_by)
    values (${newId('folder')}, ${organization}, 'x', ${user})`
  await owner`insert into everjust.invitations (id, organization_id, digest, role, uses, created_by, expires_at)
    values (${newId('invitation')}, ${organization}, ${organization}, 'viewer', 1, ${user}, now() + interval '1 hour')`
  await owner`insert into everjust.project_guests (project_id, user_id, role) values (${project}, ${user}, 'viewer')`
  await owner`insert into everjust.favourites (user_id, project_id) values (${user}, ${project})`
  await owner`insert into everjust.sandbox_settings (project_id) values (${project})`
  await owner`insert into everjust.project_secrets (project_id, name, sealed) values (${project}, 'X', 'x')`
  await owner`insert into everjust.deletion_receipts (id, organization_id, kind, subject, asked_at)
    values (${newId('receipt')}, ${organization}, 'project', ${newId('project')}, now())`
  await owner`insert into everjust.accepted_terms (user_id, version) values (${user}, 'x')`
  await owner`insert into everjust.exports (id, user_id) values (${newId('export')}, ${user})`
  await owner`insert into everjust.audit_log (organization_id, actor, action, subject) values (${organization}, 'x', 'x', 'x')`
}

const person = ({ user }: Tenant): Principal => ({ kind: 'user', userId: user, scopes: 'all' })
const run = ({ project }: Tenant): Principal => ({ kind: 'run', projectId: project, generationId: null, attempt: 1 })

/** Whose each row is; null for what belongs to nobody. A table that is not named here fails the test. */
const belongsTo: Record<string, keyof Tenant | null> = {
  users: 'user',
  organizations: 'organization',
  memberships: 'organization',
  projects: 'project',
  versions: 'project',
  blobs: 'project',
  generations: 'project',
  event_streams: 'project',
  events: 'project',
  sandboxes: 'project',
  ledger: 'organization',
  quotas: 'organization',
  usage_days: 'organization',
  model_calls: 'project',
  conversation_memories: 'project',
  queued_messages: 'project',
  images: 'project',
  project_secrets: 'project',
  sandbox_settings: 'project',
  file_locks: 'project',
  shares: 'project',
  spent_addresses: null,
  caps: 'user',
  member_spending: 'organization',
  person_spending: 'user',
  project_spending: 'project',
  jobs: 'project',
  idempotency_keys: 'user',
  api_keys: 'user',
  sessions: 'user',
  identities: 'user',
  link_tickets: null,
  exports: 'user',
  accepted_terms: 'user',
  departures: null,
  sign_in_rules: 'organization',
  company_joins: null,
  audit_log: 'organization',
  audit_heads: 'organization',
  deletion_receipts: 'organization',
  project_guests: 'project',
  favourites: 'user',
  folders: 'organization',
  improvements: 'user',
  invitations: 'organization',
  invitation_uses: null,
  organization_engine: 'organization',
  own_models: 'organization',
  rate_windows: null,
  notices: null,
  announcements: null,
  flags: null,
  flag_organizations: 'organization',
  billing_accounts: 'organization',
  invoices: 'organization',
  top_ups: 'organization',
  meter_reports: 'organization',
  billing_events: null,
}
const columnOf = (table: string, owned: keyof Tenant) =>
  table === `${owned}s` ? 'id' : table === 'caps' ? 'owner_id' : `${owned}_id`
const owned = Object.entries(belongsTo).flatMap(([table, by]) =>
  by ? [{ table, column: columnOf(table, by), by }] : [],
)

test('every table has row-level security and is known here', async () => {
  const tables = await owner<{ name: string; secured: boolean }[]>`
    select relname as name, relrowsecurity as secured from pg_class
    where relnamespace = 'everjust'::regnamespace and relkind = 'r' order by relname`
  assert.deepEqual(
    tables.map(({ name }) => name),
    Object.keys(belongsTo).sort(),
  )
  assert.deepEqual(
    tables.filter(({ secured }) => !secured),
    [],
  )
})

test('the login owns nothing, bypasses nothing, and reads nothing by itself', async () => {
  const login = postgres(addresses.url, { max: 1 })
  after(() => login.end({ timeout: 1 }))
  const [rights] = await login`
    select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb,
      (select count(*)::int from pg_class where relowner = pg_roles.oid) as owned
    from pg_roles where rolname = current_user`
  assert.deepEqual(rights, { rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false, owned: 0 })
  await assert.rejects(login`select from everjust.projects`, { code: '42501' })
})

describe('each table', () => {
  for (const { table, column, by } of owned) {
    test(`${table}: a person sees own rows and no other`, async () => {
      const rows = await database.as(person(ada), (t) => t`select ${t(column)} as id from ${t(`everjust.${table}`)}`)
      assert.deepEqual([...new Set(rows.map((row) => row['id'] as string))], [ada[by]])
    })

    test(`${table}: another person's rows are neither changed nor removed`, async () => {
      for (const principal of [person(ada), run(ada)]) {
        const change = database.as(
          principal,
          (t) =>
            t`update ${t(`everjust.${table}`)} set ${t(column)} = ${t(column)} where ${t(column)} = ${eve[by]} returning 1`,
        )
        assert.deepEqual(await countOrDenied(change), 0)
        const removal = database.as(
          principal,
          (t) => t`delete from ${t(`everjust.${table}`)} where ${t(column)} = ${eve[by]} returning 1`,
        )
        assert.deepEqual(await countOrDenied(removal), 0)
      }
    })
  }

  test('a run sees its own project and what belongs to it, and nothing of the person', async () => {
    for (const { table, column, by } of owned) {
      const rows = await database.as(run(ada), (t) => t`select ${t(column)} as id from ${t(`everjust.${table}`)}`)
      const seen = [...new Set(rows.map((row) => row['id'] as string))]
      assert.deepEqual(
        seen.filter((id) => id !== ada[by]),
        [],
        table,
      )
      if (by === 'user') assert.deepEqual(seen, [], table)
    }
  })
})

test('nobody writes a row into a project of somebody else', async () => {
  for (const principal of [person(ada), run(ada)]) {
    const intrusion = database.as(
      principal,
      (t) => t`insert into everjust.events (project_id, seq, type, data) values (${eve.project}, 99, 'x', '{}')`,
    )
    await assert.rejects(intrusion, { code: '42501' })
    const theft = database.as(
      principal,
      (t) => t`update everjust.projects set organization_id = ${eve.organization} where id = ${ada.project}`,
    )
    await assert.rejects(theft, { code: '42501' })
  }
})

test('the audit log is only added to, even by jobs', async () => {
  const change = database.asWorker((t) => t`update everjust.audit_log set actor = 'nobody'`)
  await assert.rejects(change, { code: '42501' })
  await assert.rejects(
    database.asWorker((t) => t`delete from everjust.audit_log`),
    { code: '42501' },
  )
})

test('1,200 reads of 30 tenants at once over one connection never meet', async () => {
  const seen = { own: 0, foreign: 0, none: 0 }
  await Promise.all(
    Array.from({ length: 1_200 }, async (_, at) => {
      const tenant = tenants[at % tenants.length] ?? ada
      const rows = await database.as(person(tenant), (t) => t<{ id: string }[]>`select id from everjust.projects`)
      if (rows.length === 0) seen.none += 1
      else if (rows.every(({ id }) => id === tenant.project)) seen.own += 1
      else seen.foreign += 1
    }),
  )
  assert.deepEqual(seen, { own: 1_200, foreign: 0, none: 0 })
})

test('10,000 reads and writes by random people of random tenants’ things, over a few shared connections, reach only their own', async () => {
  const shared = openDatabase(addresses.url, 4)
  after(() => shared.close())
  const anyOf = <T>(items: readonly T[]): T => items[Math.floor(Math.random() * items.length)] as T
  const seen = { own: 0, none: 0, foreign: 0, missed: 0 }
  const once = async () => {
    const [who, whose] = [anyOf(tenants), anyOf(tenants)]
    const { table, column, by } = anyOf(owned)
    const [at, key] = [`everjust.${table}`, whose[by]]
    const rows = await countOrDenied(
      shared.as(person(who), (t) =>
        Math.random() < 0.5
          ? t`select 1 from ${t(at)} where ${t(column)} = ${key}`
          : t`update ${t(at)} set ${t(column)} = ${t(column)} where ${t(column)} = ${key} returning 1`,
      ),
    )
    if (who !== whose) seen[rows > 0 ? 'foreign' : 'none'] += 1
    else seen[rows > 0 ? 'own' : 'missed'] += 1
  }
  // As many as wait for the few connections at once: each is handed from tenant to tenant after every transaction.
  for (let round = 0; round < 100; round++) await Promise.all(Array.from({ length: 100 }, once))
  assert.equal(seen.foreign, 0, JSON.stringify(seen))
  assert.equal(seen.own + seen.none + seen.missed, 10_000)
  assert.ok(seen.own > 100, JSON.stringify(seen))
})

test('after a transaction that failed nothing of its principal stays on the connection', async () => {
  const broken = database.as(person(ada), (t) => t`select 1 / 0`)
  await assert.rejects(broken, { code: '22012' })
  const [left] = await database.asNobody(
    (t) => t`select current_setting('everjust.user', true) as who, current_user = session_user as itself`,
  )
  assert.deepEqual({ ...left }, { who: '', itself: true })
})

test('a public project is seen by everybody and changed by its members alone', async () => {
  await owner`update everjust.projects set visibility = 'public' where id = ${eve.project}`
  const seen = await database.as(
    person(ada),
    (t) => t`select id from everjust.versions where project_id = ${eve.project}`,
  )
  assert.equal(seen.length, 1)
  const changed = await database.as(
    person(ada),
    (t) => t`update everjust.projects set name = 'mine' where id = ${eve.project} returning 1`,
  )
  assert.equal(changed.length, 0)
  const jobs = await database.as(person(ada), (t) => t`select id from everjust.jobs where project_id = ${eve.project}`)
  assert.equal(jobs.length, 0)
  await owner`update everjust.projects set visibility = 'private' where id = ${eve.project}`
})

describe('a guest', () => {
  /** What an organization is counted and capped by, which whoever starts a run there must see. */
  const shared = ['sign_in_rules', 'organizations', 'quotas', 'organization_engine', 'own_models']
  /** What members alone see of a project, and guests who edit. */
  const inside = ['project_secrets', 'sandbox_settings', 'shares', 'project_spending', 'jobs']

  for (const role of ['viewer', 'editor'] as const) {
    test(`who is ${role} reaches one project and nothing else of its organization`, async () => {
      const [visitor, host] = [await makeTenant(), await makeTenant()]
      const other = { ...host, project: newId('project') }
      await owner`insert into everjust.projects (id, organization_id, created_by, name, template, visibility)
        values (${other.project}, ${host.organization}, ${host.user}, 'x', 'static', 'private')`
      await owner`insert into everjust.project_guests (project_id, user_id, role)
        values (${host.project}, ${visitor.user}, ${role})`
      for (const { table, column, by } of owned) {
        const at = `everjust.${table}`
        const counted = (key: string, statement: 'read' | 'write') =>
          countOrDenied(
            database.as(person(visitor), (t) =>
              statement === 'read'
                ? t`select 1 from ${t(at)} where ${t(column)} = ${key}`
                : t`update ${t(at)} set ${t(column)} = ${t(column)} where ${t(column)} = ${key} returning 1`,
            ),
          )
        const edits = role === 'editor'
        const sees =
          by === 'project' ? edits || !inside.includes(table) : by === 'organization' && shared.includes(table)
        const wanted = ['organizations', 'sign_in_rules'].includes(table) || by === 'project' || edits ? sees : false
        assert.equal((await counted(host[by], 'read')) > 0, wanted, `${table}: reads`)
        if (!edits || by === 'user') assert.equal(await counted(host[by], 'write'), 0, `${table}: writes`)
        if (by === 'project') assert.equal(await counted(other.project, 'read'), 0, `${table}: another project`)
      }
      await owner`delete from everjust.project_guests where user_id = ${visitor.user}`
      const left = await database.as(
        person(visitor),
        (t) => t`select id from everjust.projects where id = ${host.project}`,
      )
      assert.equal(left.length, 0)
    })
  }

  test('books nothing to an organization that is not the host', async () => {
    const [visitor, host, third] = [await makeTenant(), await makeTenant(), await makeTenant()]
    await owner`insert into everjust.project_guests (project_id, user_id, role)
      values (${host.project}, ${visitor.user}, 'editor')`
    const theft = database.as(
      person(visitor),
      (t) => t`insert into everjust.ledger (id, organization_id, project_id, metric, period, state, reserved)
        values (${newId('ledgerEntry')}, ${third.organization}, ${host.project}, 'micros', now(), 'reserved', 1)`,
    )
    await assert.rejects(theft, { code: '42501' })
    const rise = database.as(
      person(visitor),
      (t) => t`update everjust.project_guests set role = 'viewer' where project_id = ${host.project} returning 1`,
    )
    assert.equal(await countOrDenied(rise), 0)
    const intrusion = database.as(
      person(visitor),
      (t) => t`insert into everjust.project_guests (project_id, user_id, role)
        values (${third.project}, ${visitor.user}, 'editor')`,
    )
    await assert.rejects(intrusion, { code: '42501' })
  })
})

/** How many rows a statement touched; 0 too when the table does not allow it at all. */
async function countOrDenied(statement: Promise<readonly unknown[]>): Promise<number> {
  return statement.then(
    (rows) => rows.length,
    (error: unknown) => {
      if (error instanceof Error && 'code' in error && error.code === '42501') return 0
      throw error
    },
  )
}
