import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import postgres from 'postgres'
import { migrate } from '../../scripts/migrate.ts'
import { freshDatabase } from '../world/cluster.ts'

const fresh = await freshDatabase()
after(() => fresh.drop())

test('a migration that finds a table in use gives up with its name, and is applied the next time', async () => {
  const name = '0033_clearing.sql'
  const sql = postgres(fresh.ownerUrl, { max: 2, onnotice: () => {} })
  try {
    await sql`delete from everjust_migrations where name = ${name}`
    await sql`alter table everjust.sandboxes drop column clearing_until`
    await sql.begin(async (user) => {
      await user`select from everjust.sandboxes`
      await assert.rejects(
        migrate(fresh.ownerUrl, 100),
        /^Error: 0033_clearing\.sql was not applied: a table .* in use/,
      )
    })
    assert.deepEqual(await migrate(fresh.ownerUrl, 100), [name])
  } finally {
    await sql.end()
  }
})
