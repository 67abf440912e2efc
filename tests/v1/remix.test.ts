import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { objectKeys } from '../../lib/ports/object-store.ts'
import { makeTeam, openWorld, type SignedIn } from '../world.ts'
import { save, sha256 } from '../world/files.ts'

const world = await openWorld({ after })
const ada = await world.signIn('ada@example.com')
const eve = await world.signIn('eve@example.com')
const contents = { 'index.html': '<h1>Hi</h1>', 'src/a.ts': 'let a\n', 'src/b.ts': 'let a\n' }

async function made(by: SignedIn, visibility: 'private' | 'public', name = 'Source'): Promise<string> {
  const { body } = await by.post('/projects', { name, visibility, template: 'static' })
  await save(by, body.id as string, { parentId: null, contents })
  return body.id as string
}

test('a remix has the files of the current version, the look and nothing else', async () => {
  const id = await made(ada, 'private')
  await ada.put(`/projects/${id}`, { icon: { symbol: 'leaf', colour: 'moss' } })
  await ada.put(`/workshop/${id}/secrets/TOKEN`, { value: 'very secret' })
  const { status, body } = await ada.post(`/library/projects/${id}/remix`, { name: 'Copy' })
  assert.equal(status, 201, JSON.stringify([body, world.logs.filter(({ level }) => level === 'error')]))
  assert.deepEqual(
    [body.name, body.template, body.visibility, body.remixedFrom, body.icon.symbol, body.favourite],
    ['Copy', 'static', 'private', id, 'leaf', false],
  )
  const [version] = (await ada.get(`/projects/${body.id}/versions`)).body.items
  assert.deepEqual([version.id, version.number, version.source], [body.currentVersionId, 1, 'import'])
  const files = (await ada.get(`/projects/${body.id}/versions/${version.id}/files`)).body.items
  assert.deepEqual(
    files.map(({ path }: { path: string }) => path),
    Object.keys(contents),
  )
  const { headers } = await ada.get(`/projects/${body.id}/versions/${version.id}/files/src/a.ts`)
  assert.equal(await (await fetch(headers['location'] ?? '')).text(), 'let a\n')
  assert.deepEqual((await ada.get(`/workshop/${body.id}/secrets`)).body.items, [])
  assert.deepEqual((await ada.get(`/projects/${body.id}/generations`)).body.items, [])

  // It stands by itself: what it was made from may go.
  await ada.delete(`/projects/${id}`)
  assert.ok(await world.context.objects.get(objectKeys.blob(body.id as string, sha256('let a\n'))))
  const next = await save(ada, body.id as string, { parentId: version.id, contents: { 'index.html': 'new' } })
  assert.equal(next.number, 2)
})

test('a remix of an earlier version has the files of that one', async () => {
  const id = await made(ada, 'private')
  const first = (await ada.get(`/projects/${id}`)).body.currentVersionId
  await save(ada, id, { parentId: first, contents: { 'other.html': 'x' } })
  const { body } = await ada.post(`/library/projects/${id}/remix`, { versionId: first })
  const files = (await ada.get(`/projects/${body.id}/versions/${body.currentVersionId}/files`)).body.items
  assert.equal(files.length, 3)
  const elsewhere = (await ada.get(`/projects/${await made(ada, 'private')}`)).body.currentVersionId
  assert.equal((await ada.post(`/library/projects/${id}/remix`, { versionId: elsewhere })).status, 404)
})

test('a public project may be remixed by anybody, which is counted; a private one is not there', async () => {
  const [open, closed] = [await made(ada, 'public'), await made(ada, 'private')]
  assert.deepEqual(
    [(await ada.get(`/projects/${open}`)).body.role, (await eve.get(`/projects/${open}`)).body.role],
    ['owner', 'viewer'],
  )
  assert.equal((await eve.post(`/library/projects/${closed}/remix`, {})).status, 404)
  const { status, body } = await eve.post(`/library/projects/${open}/remix`, {})
  assert.deepEqual([status, body.organizationId], [201, eve.organizationId])
  await ada.post(`/library/projects/${open}/remix`, {})
  assert.equal((await ada.get(`/projects/${body.id}`)).status, 404)
  const [shown] = (await world.anonymous.get('/library/public?sort=remixed&limit=1')).body.items
  assert.deepEqual([shown.id, shown.remixes], [open, 1])
})

test('a remix is made where the caller may make projects', async () => {
  const id = await made(ada, 'public')
  const team = await makeTeam(world, [
    { id: ada.id, role: 'viewer' },
    { id: eve.id, role: 'editor' },
  ])
  assert.equal((await ada.post(`/library/projects/${id}/remix`, { organizationId: team })).status, 403)
  assert.equal((await eve.post(`/library/projects/${id}/remix`, { organizationId: team })).body.organizationId, team)
  assert.equal((await eve.post(`/library/projects/${id}/remix`, { organizationId: ada.organizationId })).status, 404)
  const empty = await ada.post('/projects', { name: 'Empty' })
  assert.equal((await ada.post(`/library/projects/${empty.body.id}/remix`, {})).status, 409)
})

test('a remix whose files do not arrive is never seen, and goes by itself', async () => {
  const id = await made(ada, 'private', 'Broken')
  await world.context.objects.remove(objectKeys.blob(id, sha256('<h1>Hi</h1>')))
  assert.ok((await ada.post(`/library/projects/${id}/remix`, { name: 'Half' })).status >= 500)
  assert.ok(world.logs.some(({ level }) => level === 'error'))
  world.logs.splice(0)
  const [row] = await world.sql<{ id: string }[]>`select id from everjust.projects where name = 'Half'`
  assert.ok(row)
  assert.equal((await ada.get(`/projects/${row.id}`)).status, 404)
  assert.deepEqual(
    (await ada.get('/library/deleted')).body.items.map(({ name }: { name: string }) => name).includes('Half'),
    false,
  )
})

test('strangers see what is public and not put away, page by page, and nothing about whose it is', async () => {
  await world.sql`update everjust.projects set visibility = 'private'`
  const ids = [await made(ada, 'public', 'One'), await made(eve, 'public', 'Two'), await made(ada, 'public', 'Three')]
  await made(ada, 'private', 'Hidden')
  await ada.post('/projects', { name: 'Empty', visibility: 'public' })
  const away = await made(ada, 'public', 'Away')
  await ada.put(`/projects/${away}`, { archived: true })
  const gone = await made(ada, 'public', 'Gone')
  await ada.delete(`/projects/${gone}`)
  const first = await world.anonymous.get('/library/public?limit=2')
  assert.equal(first.headers['cache-control'], 'public, max-age=60')
  const second = await world.anonymous.get(`/library/public?limit=2&after=${first.body.next}`)
  assert.equal(second.body.next, null)
  const all = [...first.body.items, ...second.body.items]
  assert.deepEqual(
    all.map(({ id }: { id: string }) => id),
    ids.reverse(),
  )
  assert.deepEqual(Object.keys(all[0] as object).sort(), [
    'createdAt',
    'icon',
    'id',
    'name',
    'picture',
    'remixes',
    'template',
    'updatedAt',
  ])
  const alone = (id: unknown) => world.anonymous.get(`/library/public?project=${id}`)
  assert.equal((await alone(ids[0])).body.items[0].id, ids[0])
  for (const hidden of [away, gone]) assert.deepEqual((await alone(hidden)).body.items, [])
  for (const query of ['project=x', 'limit=25', 'sort=x', 'after=x', `sort=remixed&after=${first.body.next}`]) {
    const refused = await world.anonymous.get(`/library/public?${query}`)
    assert.deepEqual([refused.status, refused.headers['cache-control']], [400, 'no-store'], query)
  }
})

test('strangers are counted by their address', async () => {
  const headers = { 'x-forwarded-for': '203.0.113.7' }
  const refused = { ...world.context, limiter: { take: async (rate: string) => (rate === 'address' ? 7 : 0) } }
  const { ask } = await import('../world/caller.ts')
  const answer = await ask(world.serving(refused), { method: 'GET', path: '/library/public', headers })
  assert.deepEqual([answer.status, answer.headers['retry-after']], [429, '7'])
})

test('nothing is left behind', () => world.settled())
