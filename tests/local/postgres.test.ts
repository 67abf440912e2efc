import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { chmod, mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { connect as dial } from 'node:net'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import postgres from 'postgres'
import { cloneDatabase, dropDatabase, startPostgres, type Postgres } from '../../local/postgres/index.ts'

const connect = (url: string, max = 5) => postgres(url, { max, onnotice: () => {} })

// Open to `nobody`, who runs the server when the tests run as root.
const openFolder = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'everjust-postgres-'))
  await chmod(folder, 0o755)
  return folder
}

const single = async <T>(url: string, work: (sql: postgres.Sql) => Promise<T>): Promise<T> => {
  const sql = connect(url, 1)
  return work(sql).finally(() => sql.end({ timeout: 1 }))
}

const refused = (code: string) => (cause: unknown) => (cause as { code?: string }).code === code

describe('the local PostgreSQL', () => {
  let dataDir: string
  let server: Postgres

  before(async () => {
    dataDir = await openFolder()
    server = await startPostgres({ dataDir, port: 0, durable: false })
  })
  after(async () => {
    await server.stop()
    await rm(dataDir, { recursive: true, force: true })
  })

  test('is PostgreSQL 18 and speaks UTC', async () => {
    const [row] = await single(
      server.url,
      (sql) => sql`select current_setting('server_version') v, current_setting('timezone') tz`,
    )
    assert.match(String(row?.v), /^18\./)
    assert.equal(row?.tz, 'UTC')
  })

  test('gives the app a login that owns nothing and creates nothing', async () => {
    const [role] = await single(
      server.url,
      (sql) =>
        sql`select rolsuper, rolbypassrls, rolcreatedb, rolcreaterole from pg_roles where rolname = current_user`,
    )
    assert.deepEqual({ ...role }, { rolsuper: false, rolbypassrls: false, rolcreatedb: false, rolcreaterole: false })
    await assert.rejects(
      single(server.url, (sql) => sql`create table mine (id int)`),
      refused('42501'),
    )
  })

  test('gives the owner the rights of a managed server, not those of a superuser', async () => {
    const [role] = await single(
      server.ownerUrl,
      (sql) => sql`select rolsuper, rolcreatedb from pg_roles where rolname = current_user`,
    )
    assert.deepEqual({ ...role }, { rolsuper: false, rolcreatedb: true })
    await single(server.ownerUrl, async (sql) => {
      await sql`create role reader nologin`
      await sql`grant reader to everjust_login`
      await sql`create extension pgcrypto`
    })
  })

  test('refuses a wrong password', async () => {
    const url = new URL(server.url)
    url.password = 'wrong'
    await assert.rejects(
      single(url.href, (sql) => sql`select 1`),
      refused('28P01'),
    )
  })

  test('locks rows across connections and skips the locked ones', async () => {
    const sql = connect(server.ownerUrl)
    await sql`create table jobs as select generate_series(1, 3) as id`
    const taken = await sql.begin(async (one) => {
      const [first] = await one`select id from jobs order by id for update skip locked limit 1`
      const [second] = await sql.begin((two) => two`select id from jobs order by id for update skip locked limit 1`)
      return [first?.id, second?.id]
    })
    await sql.end()
    assert.deepEqual(taken, [1, 2])
  })

  test('keeps tenants apart by row-level security, for one transaction at a time', async () => {
    await single(server.ownerUrl, (sql) =>
      sql`create table notes (org text, body text);
        insert into notes values ('a', 'of a'), ('b', 'of b');
        alter table notes enable row level security;
        create policy own on notes using (org = current_setting('app.org', true));
        grant select on notes to everjust_login`.simple(),
    )
    const [inside, outside] = await single(server.url, async (sql) => [
      await sql.begin(async (one) => {
        await one`select set_config('app.org', 'a', true)`
        return one`select body from notes`
      }),
      await sql`select body from notes`,
    ])
    assert.deepEqual(
      inside?.map((row) => row.body),
      ['of a'],
    )
    assert.deepEqual(outside?.length, 0)
  })

  test('clones a database and drops it under a connected session', async () => {
    const template = await cloneDatabase(server, { template: 'template1', name: 'model' })
    await single(template.ownerUrl, (sql) =>
      sql`create table seeds as select 42 as answer; grant select on seeds to everjust_login`.simple(),
    )
    const copy = await cloneDatabase(server, { template: 'model', name: 'copy' })
    const session = connect(copy.url, 1)
    const [row] = await session`select answer from seeds`
    assert.equal(row?.answer, 42)
    await assert.rejects(cloneDatabase(server, { template: 'model', name: 'copy' }), refused('42P04'))
    await dropDatabase(server, 'copy')
    await session.end({ timeout: 0 })
    await assert.rejects(
      single(copy.url, (sql) => sql`select 1`),
      refused('3D000'),
    )
    await dropDatabase(server, 'copy')
  })

  test('cancels a running query', async () => {
    await single(server.url, async (sql) => {
      const query = sql`select pg_sleep(30)`
      const started = query.execute()
      await single(server.url, async (watch) => {
        const deadline = Date.now() + 30_000
        for (;;) {
          const asleep = await watch`select 1 from pg_stat_activity where wait_event = 'PgSleep'`
          if (asleep.length > 0) return
          assert.ok(Date.now() < deadline, 'the query never ran')
        }
      })
      query.cancel()
      await assert.rejects(started, refused('57014'))
    })
  })

  test('refuses a data folder that a living program uses', async () => {
    await assert.rejects(startPostgres({ dataDir, port: 0 }), /in use by process \d+/)
  })
})

const launcher = `
  import { startPostgres } from ${JSON.stringify(new URL('../../local/postgres/index.ts', import.meta.url).href)}
  const server = await startPostgres({ dataDir: process.argv[1], port: 0 })
  console.log(server.ownerUrl)`

const startElsewhere = async (dataDir: string) => {
  const child = spawn(process.execPath, ['--input-type=module', '-e', launcher, dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  return { child, ownerUrl: line.toString().trim() }
}

test('what was written survives kill -9 of the launcher, and the port is free for the next one', async (t) => {
  const dataDir = await openFolder()
  t.after(() => rm(dataDir, { recursive: true, force: true }))
  const { child, ownerUrl } = await startElsewhere(dataDir)
  await single(ownerUrl, (sql) => sql`create table kept as select 'still here' as body`)
  child.kill('SIGKILL')
  await once(child, 'exit')

  const again = await startPostgres({ dataDir, port: Number(new URL(ownerUrl).port) })
  const [row] = await single(ownerUrl, (sql) => sql`select body from kept`).finally(() => again.stop())
  assert.equal(row?.body, 'still here')
  await assert.rejects(
    single(ownerUrl, (sql) => sql`select 1`),
    refused('ECONNREFUSED'),
  )
})

/** Whether something takes connections on the port. */
const listens = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = dial(port, '127.0.0.1', () => resolve(true)).once('error', () => resolve(false))
    probe.once('connect', () => probe.destroy())
  })

test('a launcher that was killed leaves no server running', async (t) => {
  const dataDir = await openFolder()
  t.after(() => rm(dataDir, { recursive: true, force: true }))
  const { child, ownerUrl } = await startElsewhere(dataDir)
  child.kill('SIGKILL')
  const deadline = Date.now() + 30_000
  const answers = () => listens(Number(new URL(ownerUrl).port))
  while (await answers()) assert.ok(Date.now() < deadline, 'the server is still there')
})

test('passwords lie in the data folder, readable by its owner only, and stay the same over a restart', async () => {
  const dataDir = await openFolder()
  try {
    const first = await startPostgres({ dataDir, port: 0 })
    await first.stop()
    const second = await startPostgres({ dataDir, port: 0 })
    await second.stop()
    assert.equal(new URL(first.url).password, new URL(second.url).password)
    assert.equal((await stat(join(dataDir, 'passwords.json'))).mode & 0o777, 0o600)
  } finally {
    await rm(dataDir, { recursive: true, force: true })
  }
})

const asRoot = process.getuid?.() === 0

test('a data folder closed to `nobody` works for root, and deleting it starts anew', { skip: !asRoot }, async (t) => {
  const closed = await mkdtemp(join(tmpdir(), 'everjust-closed-'))
  t.after(() => rm(closed, { recursive: true }))
  const dataDir = join(closed, 'postgres')
  const first = await startPostgres({ dataDir, port: 0 })
  await single(first.ownerUrl, (sql) => sql`create table old (id int)`).finally(() => first.stop())
  await rm(dataDir, { recursive: true })

  const second = await startPostgres({ dataDir, port: 0 })
  const [row] = await single(second.ownerUrl, (sql) => sql`select to_regclass('old') as old`).finally(() =>
    second.stop(),
  )
  assert.equal(row?.old, null)

  const leftovers = async () => (await readdir('/var/tmp')).includes(refuge)
  const refuge = `everjust-postgres-data-${createHash('sha256').update(dataDir).digest('hex').slice(0, 16)}`
  assert.equal(await leftovers(), true)
  await rm(dataDir, { recursive: true })
  const open = await openFolder()
  const third = await startPostgres({ dataDir: open, port: 0 })
  await third.stop()
  await rm(open, { recursive: true })
  assert.equal(await leftovers(), false)
})
