import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { openDatabase } from '../../lib/store/sql.ts'
import { owned } from './isolation/tables.ts'
import { addresses, countOrDenied, database, makeTenant, person } from './isolation/tenants.ts'

const ada = await makeTenant()
const tenants = [ada, ...(await Promise.all(Array.from({ length: 29 }, () => makeTenant())))]

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
