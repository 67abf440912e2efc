import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { openDatabase } from '../../lib/store/sql.ts'
import { freshDatabase } from '../world/cluster.ts'
import { openProxy } from '../world/proxy.ts'

const fresh = await freshDatabase()
after(() => fresh.drop())
const proxy = await openProxy(fresh.url)
after(() => proxy.close())

const patience = { beginMs: 300, workMs: 3_000 }
const opened = (connections = 1) => {
  const database = openDatabase(proxy.url, connections, patience)
  after(() => database.close())
  return database
}
type Opened = ReturnType<typeof opened>
const sleep = (database: Opened, seconds: number) =>
  database.asWorker((sql) => sql`select pg_backend_pid() as pid, pg_sleep(${seconds})`).then(([row]) => row?.['pid'])

test('whoever waits for the one connection while others work on it does not take it for dead', async () => {
  const database = opened()
  const long = sleep(database, 1)
  const others = Array.from({ length: 8 }, () => sleep(database, 0.1))
  const pids = await Promise.all([long, ...others])
  assert.equal(new Set(pids).size, 1)
})

test('a connection that many find cut is replaced once, and each of them is answered', async () => {
  const database = opened()
  const first = await sleep(database, 0)
  const cut = Array.from({ length: 20 }, () => sleep(database, 0.01).catch(() => 'cut'))
  proxy.reset()
  const pids = (await Promise.all(cut)).filter((pid) => pid !== first && pid !== 'cut')
  assert.ok(pids.length >= 19, `${pids.length} were answered`)
  assert.equal(new Set(pids).size, 1)
})

test('a connection that went silent under one is given up for all, and those who had not begun go on', async () => {
  const database = opened()
  await sleep(database, 0)
  proxy.stall()
  const pids = await Promise.all(Array.from({ length: 5 }, () => sleep(database, 0)))
  assert.equal(new Set(pids).size, 1)
})
