import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { after, test } from 'node:test'
import { keyPrefix } from '../../lib/contract/api-key.ts'
import { newId } from '../../lib/contract/ids.ts'
import { openWorld } from '../world.ts'

const world = await openWorld({ after })
const ada = await world.signIn('ada@example.com')
const { body: project } = await ada.post('/projects', { name: 'Project' })

async function makeKey(scopes: string[], state: { expiresAt?: Date; revokedAt?: Date } = {}): Promise<string> {
  const key = `${keyPrefix}${randomBytes(24).toString('hex')}`
  const digest = createHash('sha256').update(key).digest('hex')
  await world.sql`
    insert into everjust.api_keys (id, user_id, name, secret_sha256, scopes, expires_at, revoked_at)
    select ${newId('apiKey')}, ${ada.id}, 'key', ${digest}, array(select jsonb_array_elements_text(${world.sql.json(scopes)})),
      ${state.expiresAt ?? null}, ${state.revokedAt ?? null}`
  return key
}

test('a key does what its scopes name, as its person, and nothing else', async () => {
  const caller = world.withToken(await makeKey(['project.read', 'project.list']))
  assert.equal((await caller.get(`/projects/${project.id}`)).status, 200)
  assert.equal((await caller.get('/projects')).body.items.length, 1)
  const change = await caller.put(`/projects/${project.id}`, { name: 'x' })
  assert.deepEqual([change.status, change.body.code], [403, 'forbidden'])
  assert.equal((await caller.post('/projects', { name: 'x' })).status, 403)
  assert.equal((await caller.delete(`/projects/${project.id}`)).status, 403)
})

test('a scope does not reach where its person does not', async () => {
  const grace = await world.signIn('grace@example.com')
  const { body: foreign } = await grace.post('/projects', { name: 'Foreign' })
  const caller = world.withToken(await makeKey(['project.read', 'project.update']))
  assert.equal((await caller.get(`/projects/${foreign.id}`)).status, 404)
})

test('a key that expired, was revoked, or is one letter off is no key', async () => {
  const key = await makeKey(['project.list'])
  const keys = [
    await makeKey(['project.list'], { expiresAt: new Date(Date.now() - 1_000) }),
    await makeKey(['project.list'], { revokedAt: new Date() }),
    `${key.slice(0, -1)}${key.endsWith('0') ? '1' : '0'}`,
  ]
  for (const each of keys) assert.equal((await world.withToken(each).get('/projects')).status, 401)
  assert.equal((await world.withToken(key).get('/projects')).status, 200)
})

test('the key itself stands neither in the database nor in the log', async () => {
  const key = await makeKey(['project.list'])
  await world.withToken(key).get('/projects')
  const rows = await world.sql`select to_jsonb(k) as row from everjust.api_keys k`
  assert.ok(!JSON.stringify(rows).includes(key))
  assert.ok(!JSON.stringify(world.logs).includes(key))
})

test('nothing is left behind', () => world.settled())
