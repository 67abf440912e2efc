import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import postgres from 'postgres'
import type { Subject } from '../../lib/domain/fates.ts'
import { prefixes, tables, tracesOf } from '../../lib/domain/holdings.ts'
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

const references = await owner<{ table: string; column: string; to: string }[]>`
  select c.conrelid::regclass::text as table, a.attname as column, c.confrelid::regclass::text as to
  from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
  where c.contype = 'f' and c.confrelid in ('everjust.users'::regclass, 'everjust.organizations'::regclass)`

test('every table that names an organization or a person says what deleting them leaves there', () => {
  const short = (name: string) => name.replace('everjust.', '') as keyof typeof tables
  assert.ok(references.length > 20)
  const silent = references.filter(
    ({ table, to }) => tables[short(table)][short(to) === 'users' ? 'person' : 'organization'] === null,
  )
  const named = columns.filter(({ column }) => column === 'organization_id').map(({ table }) => table)
  const unsaid = named.filter((table) => tables[table as keyof typeof tables].organization === null)
  assert.deepEqual([silent, unsaid], [[], []])
})

test('what is looked into is there', () => {
  const known = columns.map(({ table, column }) => `${table}.${column}`)
  const subjects: Subject[] = ['project', 'organization', 'person']
  const looked = subjects.flatMap((subject) => tracesOf(subject).map(({ table, fate }) => `${table}.${fate.column}`))
  const missing = looked.filter((each) => !known.includes(each))
  assert.deepEqual(missing, [])
})

test('every object lies under a prefix that is named, and those of a project under its own', () => {
  for (const [name, keyOf] of Object.entries(objectKeys)) {
    const key = (keyOf as (...ids: (string | number)[]) => string)('prj_1', 'x', 1)
    assert.ok(Object.keys(prefixes).includes(key.split('/')[0] ?? ''), name)
    if (key.startsWith('people/')) assert.ok(key.startsWith(objectKeys.person('prj_1')), name)
    if (key.startsWith('projects/')) assert.ok(key.startsWith(objectKeys.project('prj_1')), name)
  }
})
