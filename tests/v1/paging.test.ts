import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { newId } from '../../lib/contract/ids.ts'
import { openWorld, type SignedIn } from '../world.ts'

const world = await openWorld({ after })

/** Projects of a person, each changed at the instant given by its place. */
async function insert(person: SignedIn, instants: readonly string[]): Promise<string[]> {
  const rows = instants.map((at) => ({
    id: newId('project'),
    organization_id: person.organizationId,
    created_by: person.id,
    name: 'x',
    template: 'static',
    visibility: 'private',
    updated_at: at,
  }))
  // As JSON: the driver would cut the microseconds off.
  await world.sql`
    insert into everjust.projects (id, organization_id, created_by, name, template, visibility, updated_at)
    select * from jsonb_to_recordset(${world.sql.json(rows)}) as r
      (id text, organization_id text, created_by text, name text, template text, visibility text, updated_at timestamptz)`
  return rows.map(({ id }) => id)
}

async function walk(person: SignedIn, limit: number): Promise<string[]> {
  const ids: string[] = []
  let next: string | null = ''
  while (next !== null) {
    const after = next === '' ? '' : `&after=${next}`
    const { status, body } = await person.get(`/projects?limit=${limit}${after}`)
    assert.equal(status, 200)
    ids.push(...body.items.map(({ id }: { id: string }) => id))
    next = body.next as string | null
  }
  return ids
}

test('projects that changed at the same instant are each listed once', async () => {
  const ada = await world.signIn('ada@example.com')
  const ids = await insert(
    ada,
    Array.from({ length: 100 }, () => '2026-01-01T00:00:00.123456Z'),
  )
  assert.deepEqual(await walk(ada, 7), ids.sort().reverse())
})

test('projects that changed within one millisecond keep their order', async () => {
  const grace = await world.signIn('grace@example.com')
  const instants = Array.from({ length: 60 }, (_, at) => `2026-01-01T00:00:00.0001${String(at).padStart(2, '0')}Z`)
  const ids = await insert(grace, instants)
  assert.deepEqual(await walk(grace, 7), ids.reverse())
})

test('a project made while somebody turns pages moves nothing to another page', async () => {
  const lin = await world.signIn('lin@example.com')
  const ids = (await insert(lin, ['2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z', '2026-01-03T00:00:00Z'])).reverse()
  const first = await lin.get('/projects?limit=2')
  await lin.post('/projects', { name: 'New' })
  const second = await lin.get(`/projects?limit=2&after=${first.body.next}`)
  assert.deepEqual(
    [...first.body.items, ...second.body.items].map(({ id }: { id: string }) => id),
    ids,
  )
})

test('nothing is left behind', () => world.settled())
