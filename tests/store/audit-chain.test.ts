import assert from 'node:assert/strict'
import { after, beforeEach, test } from 'node:test'
import postgres from 'postgres'
import { newId } from '../../lib/contract/ids.ts'
import { auditStore } from '../../lib/store/audit.ts'
import { auditUpkeepStore } from '../../lib/store/audit-upkeep.ts'
import { openDatabase, type Transaction } from '../../lib/store/sql.ts'
import { verifyAudit } from '../../scripts/audit-chain.ts'
import { freshDatabase } from '../world/cluster.ts'

const addresses = await freshDatabase()
const owner = postgres(addresses.ownerUrl, { max: 2, onnotice: () => {} })
const database = openDatabase(addresses.url, 8)
after(async () => {
  await Promise.all([owner.end({ timeout: 1 }), database.close()])
  await addresses.drop()
})
const [ada, eve] = [newId('organization'), newId('organization')]
const principal = { kind: 'user', userId: newId('user'), scopes: 'all' } as const

const entry = (transaction: Transaction, organizationId: typeof ada, subject: string) =>
  auditStore(transaction).record({ organizationId, principal, action: 'project.update', subject, requestId: 'r' })
const add = (organizationId: typeof ada, subject: string) =>
  database.asWorker((transaction) => entry(transaction, organizationId, subject))

beforeEach(async () => {
  await owner`truncate everjust.audit_log, everjust.audit_heads`
  for (let at = 1; at <= 5; at++) await add(ada, `subject ${at}`)
  await add(eve, 'another')
})

const faults = async (earlier = {}) => (await verifyAudit(owner, earlier)).faults

test('a log that nobody touched is what was recorded, in whatever time zone one looks', async () => {
  await owner`set time zone 'Asia/Kathmandu'`
  const { entries, anchors, faults } = await verifyAudit(owner)
  assert.deepEqual([entries, faults, anchors[ada]?.n, anchors[eve]?.n], [6, [], 5, 1])
})

/** What somebody with the owner's rights could do to the log, and what the verifier says to it. */
const tamperings: Record<string, { by: (sql: postgres.Sql) => Promise<unknown>; found: RegExp[] }> = {
  ...Object.fromEntries(
    ['actor', 'action', 'subject', 'request_id', 'outcome', 'origin', 'detail', 'at'].map((column) => [
      `another ${column}`,
      {
        by: (sql: postgres.Sql) => sql`
          update everjust.audit_log set ${sql(column)} = ${
            column === 'detail' ? sql`'{"x":1}'` : column === 'at' ? sql`at + interval '1 ms'` : sql`'denied'`
          } where organization_id = ${ada} and n = 3`,
        found: [/entry 3 is not what was recorded/],
      },
    ]),
  ),
  'a deletion in the middle': {
    by: (sql) => sql`delete from everjust.audit_log where organization_id = ${ada} and n in (2, 3)`,
    found: [/entries 2 to 3 are missing/],
  },
  'a deletion that was numbered over': {
    by: async (sql) => {
      await sql`delete from everjust.audit_log where organization_id = ${ada} and n = 2`
      for (const n of [3, 4, 5]) {
        await sql`update everjust.audit_log set n = ${n - 1} where organization_id = ${ada} and n = ${n}`
      }
    },
    found: [/entry 2 is not/, /entry 3 is not/, /entry 4 is not/, /entry 5 is missing/],
  },
  'two entries swapped': {
    by: async (sql) => {
      for (const [from, to] of [
        [2, 99],
        [3, 2],
        [99, 3],
      ] as const) {
        await sql`update everjust.audit_log set n = ${to} where organization_id = ${ada} and n = ${from}`
      }
    },
    found: [/entry 2 is not/, /entry 3 is not/, /entry 4 is not/],
  },
  'an entry moved to another organization': {
    by: (sql) =>
      sql`update everjust.audit_log set organization_id = ${eve}, n = 2 where organization_id = ${ada} and n = 5`,
    found: [/entry 5 is missing/, /entry 2 is not|entries 2 to 2 are none/],
  },
  'an end cut off': {
    by: (sql) => sql`delete from everjust.audit_log where organization_id = ${ada} and n > 3`,
    found: [/entries 4 to 5 are missing/],
  },
  'a beginning cut off': {
    by: (sql) => sql`delete from everjust.audit_log where organization_id = ${ada} and n < 3`,
    found: [/entries 1 to 2 are missing/],
  },
  'a head removed': {
    by: (sql) => sql`delete from everjust.audit_heads where organization_id = ${eve}`,
    found: [/row \d+ stands outside the chain/],
  },
  'an entry slipped in beside the trigger': {
    by: async (sql) =>
      sql.begin(async (t) => {
        await t`alter table everjust.audit_log disable trigger chain_audit`
        await t`insert into everjust.audit_log (organization_id, actor, action, subject) values (${ada}, 'x', 'x', 'x')`
        await t`alter table everjust.audit_log enable trigger chain_audit`
      }),
    found: [/row \d+ stands outside the chain/],
  },
}

for (const [name, { by, found }] of Object.entries(tamperings)) {
  test(`the verifier finds ${name}`, async () => {
    await by(owner)
    const told = await faults()
    for (const words of found)
      assert.ok(
        told.some((fault) => words.test(fault)),
        JSON.stringify(told),
      )
  })
}

test('a chain written anew from its beginning, and one that is gone, are found by what an earlier look kept', async () => {
  const { anchors } = await verifyAudit(owner)
  await owner`truncate everjust.audit_log, everjust.audit_heads`
  for (let at = 1; at <= 5; at++) await add(ada, 'nothing to see')
  assert.deepEqual(await faults(), [])
  assert.deepEqual(await faults(anchors), [
    `${ada}: entry 5 is another than when the log was last verified.`,
    `${eve}: its whole chain is gone.`,
  ])
})

test('two hundred entries at once, some in two organizations, make chains without gaps and wait for nobody for ever', async () => {
  await Promise.all(
    Array.from({ length: 200 }, (_, at) =>
      database.asWorker(async (transaction) => {
        const both = at % 2 === 0 ? [ada, eve] : [eve, ada]
        for (const organization of both) await entry(transaction, organization, `at once ${at}`)
      }),
    ),
  )
  const { entries, faults } = await verifyAudit(owner)
  assert.deepEqual([entries, faults], [406, []])
})

test('an organization whose chain is held does not hold up another', async () => {
  await owner.begin(async (t) => {
    await t`select from everjust.audit_heads where organization_id = ${eve} for update`
    await add(ada, 'while the other is held')
  })
  assert.deepEqual(await faults(), [])
})

test('what was rolled back leaves neither entry nor gap', async () => {
  const failing = database.asWorker(async (transaction) => {
    await entry(transaction, ada, 'never')
    throw new Error('undone')
  })
  await assert.rejects(failing, /undone/)
  await add(ada, 'after')
  const { entries, faults } = await verifyAudit(owner)
  assert.deepEqual([entries, faults], [7, []])
})

test('neither number nor digest nor time is the writer’s to say, and nobody writes heads', async () => {
  for (const column of ['n', 'digest', 'at', 'id']) {
    const forged = database.asWorker(
      (t) => t`insert into everjust.audit_log (organization_id, actor, action, subject, ${t(column)})
        overriding system value values (${ada}, 'x', 'x', 'x', ${column === 'at' ? '2020-01-01' : '7'})`,
    )
    await assert.rejects(forged, { code: '42501' }, column)
  }
  await assert.rejects(
    database.asWorker((t) => t`update everjust.audit_heads set n = 0`),
    { code: '42501' },
  )
})

test('what a tier keeps no longer is forgotten from the beginning on, and the rest is verifiable', async () => {
  // The owner's hand ages what stands there, which is tampering: the chain is made anew over the aged entries.
  await owner`update everjust.audit_log set at = at - interval '40 days', n = null, digest = null
    where organization_id = ${ada} and n <= 3`
  await owner`update everjust.audit_log set n = null, digest = null where organization_id = ${ada}`
  await owner`delete from everjust.audit_heads where organization_id = ${ada}`
  await owner`select everjust.chain_audit_entries()`
  const days = { free: 30, pro: 90, team: 365, enterprise: 2_555 }
  await owner`insert into everjust.organizations (id, name, kind) values (${ada}, 'x', 'personal') on conflict do nothing`
  const overdue = await database.asWorker((t) => auditUpkeepStore(t).overdue(days, 10))
  assert.deepEqual([...overdue], [{ organizationId: ada, days: 30 }])
  const forget = (atMost: number) =>
    database.asWorker((t) => auditUpkeepStore(t).forget({ organizationId: ada, days: 30 }, atMost))
  assert.deepEqual([await forget(2), await forget(2), await forget(2)], [2, 1, 0])
  await add(ada, 'later')
  const { anchors, faults } = await verifyAudit(owner)
  assert.deepEqual([anchors[ada]?.n, faults], [6, []])
})

test('nobody has younger entries forgotten, however few days are asked for', async () => {
  const gone = await database.asWorker((t) => auditUpkeepStore(t).forget({ organizationId: ada, days: 0 }, 100))
  assert.equal(gone, 0)
})
