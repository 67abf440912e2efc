import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { openWorld } from '../world.ts'

const world = await openWorld({ after })
const ada = await world.signIn('ada@example.com')
const { body: project } = await ada.post('/projects', { name: 'Project' })

const malformed: Record<string, string> = {
  'a cut object': '{"name": ',
  'a single quote': "{'name': 'x'}",
  'a trailing comma': '{"name": "x",}',
  'a word': 'name',
  'a number out of nowhere': '1 2',
}
for (const [what, raw] of Object.entries(malformed)) {
  test(`malformed JSON, ${what}, is a problem of 400`, async () => {
    const { status, body, headers } = await ada.post('/projects', undefined, { raw })
    assert.deepEqual([status, body.code, body.detail], [400, 'invalid_request', 'The body is not JSON.'])
    assert.equal(headers['content-type'], 'application/problem+json')
  })
}

const wrong: Record<string, unknown> = {
  'a number for a name': { name: 7 },
  'an empty name': { name: '   ' },
  'a name of 81 characters': { name: 'x'.repeat(81) },
  'an unknown template': { name: 'x', template: 'cobol' },
  'an array': [],
  null: null,
  'a text': 'name',
  'a prompt of 20,001 characters': { prompt: 'x'.repeat(20_001) },
  'an empty prompt': { prompt: '' },
  'an organization that is no id': { name: 'x', organizationId: 'org_1' },
  'a field nobody knows': { name: 'x', colour: 'red' },
  'a prototype': JSON.parse('{"name":"x","__proto__":{"admin":true}}') as unknown,
}
for (const [what, body] of Object.entries(wrong)) {
  test(`${what} is refused with the place that is off`, async () => {
    const answer = await ada.post('/projects', body)
    assert.equal(answer.status, 400, JSON.stringify(answer.body))
    assert.ok(answer.body.issues.every(({ at }: { at: string }) => at.startsWith('body')))
  })
}

test('no column of a project can be set from outside but those that are offered', async () => {
  const columns = {
    id: 'prj_11111111111111111111',
    created_by: 'usr_00000000000000000000',
    current_version_id: 'ver_00000000000000000000',
    active_generation_id: null,
    deleted_at: null,
    state: 'ready',
    createdAt: '2020-01-01T00:00:00Z',
    tier: 'enterprise',
    role: 'owner',
  }
  for (const [column, value] of Object.entries(columns)) {
    assert.equal((await ada.put(`/projects/${project.id}`, { name: 'x', [column]: value })).status, 400, column)
    assert.equal((await ada.post('/projects', { name: 'x', [column]: value })).status, 400, column)
  }
  assert.equal((await ada.get(`/projects/${project.id}`)).body.name, 'Project')
})

test('an answer names only what the contract names', async () => {
  const { body } = await ada.get(`/projects/${project.id}`)
  assert.deepEqual(Object.keys(body), [
    'id',
    'organizationId',
    'name',
    'template',
    'visibility',
    'icon',
    'picture',
    'green',
    'role',
    'favourite',
    'folderId',
    'remixedFrom',
    'archivedAt',
    'defaultModel',
    'state',
    'currentVersionId',
    'activeGenerationId',
    'createdAt',
    'updatedAt',
  ])
})

test('a body of 2 MB is refused as too large', async () => {
  const { status, body } = await ada.post('/projects', { name: 'x', prompt: 'x'.repeat(2_000_000) })
  assert.deepEqual([status, body.code], [413, 'too_large'])
})

test('a body that is not JSON is refused by its type', async () => {
  const { status, body } = await ada.post('/projects', undefined, {
    raw: 'name=x',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  })
  assert.deepEqual([status, body.code], [415, 'unsupported_media_type'])
})

test('ids that name nothing, well formed or not, are answered alike', async () => {
  const ids = ['prj_00000000000000000000', 'nonsense', 'usr_00000000000000000000', '%00', "'; drop table"]
  for (const id of ids) {
    const { status, body } = await ada.get(`/projects/${encodeURIComponent(id)}`)
    assert.deepEqual([status, body.code, body.detail], [404, 'not_found', 'Nothing here by that name.'], id)
  }
  for (const rest of ['versions/ver_00000000000000000000/files', 'generations/gen_00000000000000000000']) {
    assert.equal((await ada.get(`/projects/${project.id}/${rest}`)).status, 404, rest)
  }
  assert.equal((await ada.get('/projects/%ZZ')).status, 404)
})

test('a path without a route is 404, a route without the method 405 with what is allowed', async () => {
  assert.equal((await ada.get(`/projects/${project.id}/nothing`)).status, 404)
  const { status, headers } = await ada.put('/projects', {})
  assert.deepEqual([status, headers['allow']], [405, 'GET, POST'])
})

test('lists refuse a limit or a cursor that the API did not give', async () => {
  for (const query of ['limit=0', 'limit=101', 'limit=x', 'after=x', 'after=1.prj_1', `after=${'9'.repeat(300)}`]) {
    assert.equal((await ada.get(`/projects?${query}`)).status, 400, query)
  }
  for (const query of ['after=-1', 'after=x.y', 'wait=21', 'wait=x']) {
    assert.equal((await ada.get(`/projects/${project.id}/events?${query}`)).status, 400, query)
  }
})

test('a prompt becomes a name without the asking', async () => {
  const names: Record<string, string> = {
    'a habit tracker with streaks': 'Habit tracker with streaks',
    'Please build me an expense tracker. It has charts.': 'Expense tracker',
    'I want to create a landing page for my bakery, with a menu and opening hours': 'Landing page for my bakery, with',
    '   \n\t build ': 'Build',
    '🎉🎉': '🎉🎉',
  }
  for (const prompt of Object.keys(names)) {
    const { status, body } = await ada.post('/projects', { prompt })
    assert.equal(status, 201)
    assert.ok(body.name.length > 0 && body.name.length <= 60, body.name)
  }
  assert.equal(
    (await ada.post('/projects', { prompt: 'a habit tracker with streaks' })).body.name,
    'Habit tracker with streaks',
  )
})

test('every answer carries its safety headers, and the exact origin of the site alone may read it', async () => {
  const mine = await ada.get('/projects', { headers: { origin: 'http://localhost:4700' } })
  assert.equal(mine.headers['access-control-allow-origin'], 'http://localhost:4700')
  assert.equal(mine.headers['x-content-type-options'], 'nosniff')
  assert.equal(mine.headers['cache-control'], 'no-store')
  assert.match(mine.headers['x-request-id'] ?? '', /^[\w-]{8,64}$/)
  assert.match(mine.headers['server-timing'] ?? '', /total;dur=/)
  for (const origin of [
    'http://localhost:4701',
    'https://localhost:4700',
    'http://localhost:4700.evil.example',
    'null',
  ]) {
    const { headers } = await ada.get('/projects', { headers: { origin } })
    assert.equal(headers['access-control-allow-origin'], undefined, origin)
  }
})

test('the log holds no token and no prompt of a request', async () => {
  await ada.post('/projects', { prompt: 'secret plan number seven' })
  const text = JSON.stringify(world.logs)
  assert.ok(!text.includes(ada.token ?? 'no token'))
  assert.ok(!text.includes('secret plan'))
})

test('nothing is left behind', () => world.settled())
