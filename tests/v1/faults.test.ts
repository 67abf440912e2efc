import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { openWorld } from '../world.ts'
import { openProxy } from '../world/proxy.ts'

const world = await openWorld({ after })
const ada = await world.signIn('ada@example.com')
const { body: project } = await ada.post('/projects', { name: 'Project' })

async function behindProxy() {
  const proxy = await openProxy(world.settings['DATABASE_URL'] ?? '')
  after(() => proxy.close())
  const instance = await world.instance({ DATABASE_URL: proxy.url })
  return { proxy, caller: instance.withToken(ada.token) }
}

test('a read asks the database four times at most, a write six times', async () => {
  const { proxy, caller } = await behindProxy()
  const warm = async () => {
    await caller.get('/projects')
    await caller.get(`/projects/${project.id}`)
    await caller.post('/projects', { name: 'x' }, { headers: { 'idempotency-key': `warm-${Math.random()}` } })
    await caller.put(`/projects/${project.id}`, { name: 'Project' })
    await caller.get(`/projects/${project.id}/versions`)
    await caller.get('/user/usage')
    await caller.get('/user')
  }
  await warm()
  const counted: Record<string, number> = {}
  const count = async (what: string, work: () => Promise<{ status: number }>) => {
    proxy.roundTrips()
    assert.ok((await work()).status < 300, what)
    counted[what] = proxy.roundTrips()
  }
  await count('list', () => caller.get('/projects'))
  await count('read', () => caller.get(`/projects/${project.id}`))
  await count('versions', () => caller.get(`/projects/${project.id}/versions`))
  await count('usage', () => caller.get('/user/usage'))
  await count('user', () => caller.get('/user'))
  for (const [what, trips] of Object.entries(counted)) assert.ok(trips <= 4, `${what}: ${trips} round trips`)
  await count('create', () => caller.post('/projects', { name: 'x' }, { headers: { 'idempotency-key': 'counted' } }))
  await count('update', () => caller.put(`/projects/${project.id}`, { name: 'Project' }))
  for (const [what, trips] of Object.entries(counted)) assert.ok(trips <= 6, `${what}: ${trips} round trips`)
})

test('a database connection that is cut is replaced with the next request', async () => {
  const { proxy, caller } = await behindProxy()
  assert.equal((await caller.get('/projects')).status, 200)
  proxy.reset()
  const statuses = [(await caller.get('/projects')).status, (await caller.get('/projects')).status]
  assert.equal(statuses.at(-1), 200)
  assert.ok(statuses.every((status) => status === 200 || status === 503))
})

test(
  'a connection that went silent while the instance slept is noticed and replaced',
  { timeout: 60_000 },
  async () => {
    const { proxy, caller } = await behindProxy()
    assert.equal((await caller.get('/projects')).status, 200)
    proxy.stall()
    const started = performance.now()
    assert.equal((await caller.get('/projects')).status, 200)
    assert.ok(performance.now() - started < 20_000)
  },
)

test('a write whose connection is cut is done once or not at all', async () => {
  const { proxy, caller } = await behindProxy()
  await caller.get('/projects')
  const key = { headers: { 'idempotency-key': 'cut' } }
  const first = caller.post('/projects', { name: 'Cut' }, key)
  proxy.reset()
  const { status } = await first
  assert.ok(status === 201 || status === 503)
  const again = await caller.post('/projects', { name: 'Cut' }, key)
  assert.equal(again.status, 201)
  const rows = await world.sql`select id from everjust.projects where name = 'Cut'`
  assert.equal(rows.length, 1)
})

test('with the database away the answer is 503 with retry-after, and names no cause', { timeout: 60_000 }, async () => {
  const instance = await world.instance({ DATABASE_URL: 'postgres://nobody:secret@127.0.0.1:9/nothing' })
  const { status, body, headers } = await instance.withToken(ada.token).get('/projects')
  assert.deepEqual([status, body.code, headers['retry-after']], [503, 'unavailable', '5'])
  assert.ok(!JSON.stringify(body).includes('127.0.0.1'))
})

test('with storage away, what needs no storage goes on', async () => {
  const instance = await world.instance({ SPACES_ENDPOINT: 'http://127.0.0.1:9' })
  const caller = instance.withToken(ada.token)
  assert.equal((await caller.get('/projects')).status, 200)
  assert.equal((await caller.post('/projects', { name: 'x' })).status, 201)
  const version = 'ver_00000000000000000000'
  assert.equal((await caller.get(`/projects/${project.id}/versions/${version}/files`)).status, 404)
})

test('health says what answers and what does not, within its deadline', async () => {
  const well = await world.anonymous.get('/health')
  assert.equal(well.body.status, 'ok')
  assert.deepEqual(Object.keys(well.body.checks).sort(), ['database', 'issuer', 'redis', 'spaces'])
  const instance = await world.instance({
    SPACES_ENDPOINT: 'http://127.0.0.1:9',
    UPSTASH_REDIS_REST_URL: 'http://127.0.0.1:9',
  })
  const ill = await instance.withToken(undefined).get('/health')
  assert.equal(ill.status, 200)
  assert.equal(ill.body.status, 'degraded')
  const oks = Object.entries(ill.body.checks as Record<string, { ok: boolean }>).map(([name, { ok }]) => [name, ok])
  assert.deepEqual(Object.fromEntries(oks), { database: true, redis: false, spaces: false, issuer: true })
})
