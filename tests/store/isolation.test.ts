import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import postgres from 'postgres'
import { belongsTo, owned } from './isolation/tables.ts'
import { addresses, countOrDenied, database, makeTenant, owner, person, run } from './isolation/tenants.ts'

const [ada, eve] = [await makeTenant(), await makeTenant()]

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
