import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { openDatabase } from '../../lib/store/sql.ts'
import { reachAtRandom } from './isolation/random-reach.ts'
import { addresses, database, makeTenant, person } from './isolation/tenants.ts'

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

test('2,000 reads and writes by random people of random tenants’ things, over a few shared connections, reach only their own', async () => {
  const shared = openDatabase(addresses.url, 4)
  after(() => shared.close())
  const { own, none, missed, foreign } = await reachAtRandom([shared], tenants, 2_000)
  assert.deepEqual([foreign, own + none + missed], [0, 2_000])
  assert.ok(own > 20, String(own))
})
