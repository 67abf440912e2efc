import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import postgres from 'postgres'
import { prefixes, tables, tracesOfProject } from '../../lib/domain/holdings.ts'
import { objectKeys } from '../../lib/ports/object-store.ts'
import { freshDatabase } from '../world/cluster.ts'

const addresses = await freshDatabase()
const owner = postgres(addresses.ownerUrl, { max: 1, onnotice: () => {} })
after(async () => {
  await owner.end({ timeout: 1 })
  await addresses.drop()
})

const columns = await owner<{ table: string; column: string }[]>`
  select table_name as table, column_name as column from information_schema.columns c
  join information_schema.tables t using (table_schema, table_name)
  where table_schema = 'everjust' and table_type = 'BASE TABLE'`

test('every table says what it holds, and what deleting a project leaves there', () => {
  assert.deepEqual([...new Set(columns.map(({ table }) => table))].sort(), Object.keys(tables).sort())
})

test('every table that names a project is looked into again when one was deleted, or says why not', () => {
  const named = columns.filter(({ column }) => column === 'project_id').map(({ table }) => table)
  assert.ok(named.length > 15)
  const silent = named.filter((table) => tables[table as keyof typeof tables].project === null)
  assert.deepEqual(silent, [])
})

test('what is looked into is there', () => {
  const known = columns.map(({ table, column }) => `${table}.${column}`)
  const missing = tracesOfProject.filter(({ table, column }) => !known.includes(`${table}.${column}`))
  assert.deepEqual(missing, [])
})

test('every object lies under a prefix that is named, and those of a project under its own', () => {
  for (const [name, keyOf] of Object.entries(objectKeys)) {
    const key = (keyOf as (...ids: (string | number)[]) => string)('prj_1', 'x', 1)
    assert.ok(Object.keys(prefixes).includes(key.split('/')[0] ?? ''), name)
    if (key.startsWith('projects/')) assert.ok(key.startsWith(objectKeys.project('prj_1')), name)
  }
})
