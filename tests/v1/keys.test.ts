import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { ApiKey, MadeKey } from '../../lib/contract/api-key.ts'
import { keyScopes } from '../../lib/domain/access.ts'
import { makeTeam, openWorld, type Caller } from '../world.ts'

const world = await openWorld({ after })
const [ada, grace, viewer] = await Promise.all(
  ['ada@example.com', 'grace@example.com', 'viewer@example.com'].map((email) => world.signIn(email)),
)
assert.ok(ada && grace && viewer)
const team = await makeTeam(world, [
  { id: ada.id, role: 'owner' },
  { id: grace.id, role: 'admin' },
  { id: viewer.id, role: 'viewer' },
])
const { body: project } = await ada.post('/projects', { name: 'Habits', organizationId: team })

const wanted = { name: 'Nightly', scopes: ['project.read', 'project.update'] }
async function make(caller: Caller = ada as Caller, body: object = wanted, path = '/keys'): Promise<MadeKey> {
  const answer = await caller.post(path, body)
  assert.equal(answer.status, 201, JSON.stringify(answer.body))
  return answer.body
}
const ofTeam = `/keys/organizations/${team}`
const by = ({ key }: MadeKey) => world.withToken(key)
const read = async (made: MadeKey) => (await by(made).get(`/projects/${project.id}`)).status
const idsOf = async (caller: Caller, path = '/keys') =>
  (await caller.get(path)).body.items.map(({ id }: ApiKey) => id) as string[]
/** Somebody whose sign-in is of then, in seconds before now. */
const signedInBefore = async (seconds: number) =>
  world.withToken(
    await world.issuer.token({
      sub: 'auth0|ada@example.com',
      'https://everjust.dev/auth_time': Math.floor(Date.now() / 1_000) - seconds,
    }),
  )

test('a key is told once, with its first letters, and is known by them afterwards', async () => {
  const { key, ...rest } = await make()
  assert.match(key, /^ejk_[\w-]{43}$/)
  assert.equal(rest.prefix, key.slice(0, 10))
  const { items } = (await ada.get('/keys')).body
  assert.deepEqual(
    items.find(({ id }: ApiKey) => id === rest.id),
    rest,
  )
  const rows = await world.sql`select to_jsonb(k) as row from everjust.api_keys k`
  assert.equal(JSON.stringify(rows).includes(key), false)
})

test('an idempotency key keeps nothing of a key that was made', async () => {
  const headers = { 'idempotency-key': 'same' }
  const [first, second] = [await ada.post('/keys', wanted, { headers }), await ada.post('/keys', wanted, { headers })]
  assert.notEqual(first.body.key, second.body.key)
  const rows = await world.sql`select to_jsonb(k) as row from everjust.idempotency_keys k`
  assert.equal(JSON.stringify(rows).includes('ejk_'), false)
})

test('a key says when it was used last', async () => {
  const made = await make()
  assert.equal(made.lastUsedAt, null)
  await read(made)
  const found = (await ada.get('/keys')).body.items.find(({ id }: ApiKey) => id === made.id)
  assert.ok(Date.parse(found.lastUsedAt) >= Date.parse(made.createdAt))
})

test('a key ends when it is revoked, when its time is over, and nobody else can end it', async () => {
  const [revoked, over] = [await make(), await make()]
  assert.deepEqual([await read(revoked), await read(over)], [200, 200])
  assert.equal((await grace.delete(`/keys/${revoked.id}`)).status, 404)
  assert.equal((await ada.delete(`/keys/${revoked.id}`)).status, 204)
  assert.equal((await ada.delete(`/keys/${revoked.id}`)).status, 404)
  await world.sql`update everjust.api_keys set expires_at = now() where id = ${over.id}`
  assert.deepEqual([await read(revoked), await read(over)], [401, 401])
  const left = await idsOf(ada)
  assert.equal(left.includes(revoked.id) || left.includes(over.id), false)
})

test('a rotated key and the one in its place both open the same, until the old one ends', async () => {
  const old = await make(ada, { ...wanted, days: 30, requestsPerMinute: 77 })
  const { body: next, status } = await ada.post(`/keys/${old.id}/rotate`, { overlapHours: 1 })
  assert.equal(status, 201)
  assert.deepEqual([await read(old), await read(next)], [200, 200])
  assert.deepEqual([next.name, next.scopes, next.requestsPerMinute, next.replacedBy], [old.name, old.scopes, 77, null])
  const found = (await ada.get('/keys')).body.items.find(({ id }: ApiKey) => id === old.id)
  assert.equal(found.replacedBy, next.id)
  assert.ok(Date.parse(found.expiresAt) - Date.parse(next.createdAt) <= 3_600_000)
  const days = (Date.parse(next.expiresAt) - Date.parse(next.createdAt)) / 86_400_000
  assert.equal(Math.round(days), 30)
  assert.equal((await ada.post(`/keys/${old.id}/rotate`, {})).status, 404, 'it has been replaced')

  const { body: last } = await ada.post(`/keys/${next.id}/rotate`, { overlapHours: 0 })
  assert.deepEqual([await read(next), await read(last)], [401, 200])
})

test('of two who rotate a key at once, one does', async () => {
  const old = await make()
  const answers = await Promise.all([1, 2, 3, 4].map(() => ada.post(`/keys/${old.id}/rotate`, {})))
  assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 404, 404, 404])
})

test('rotating does not lengthen the life of what would have ended sooner', async () => {
  const old = await make()
  await world.sql`update everjust.api_keys set expires_at = now() + interval '1 minute' where id = ${old.id}`
  await ada.post(`/keys/${old.id}/rotate`, { overlapHours: 168 })
  const found = (await ada.get('/keys')).body.items.find(({ id }: ApiKey) => id === old.id)
  assert.ok(Date.parse(found.expiresAt) < Date.now() + 61_000)
})

test('a key does never more than its maker may now', async () => {
  const made = await make(grace, { name: 'All', scopes: keyScopes })
  const rename = async () => (await by(made).put(`/projects/${project.id}`, { name: 'x' })).status
  assert.equal(await rename(), 200)
  await world.sql`update everjust.memberships set role = 'viewer' where user_id = ${grace.id} and organization_id = ${team}`
  assert.deepEqual([await rename(), await read(made)], [403, 200])
  await world.sql`delete from everjust.memberships where user_id = ${grace.id} and organization_id = ${team}`
  assert.deepEqual([await rename(), await read(made)], [404, 404])
  await world.sql`
    insert into everjust.memberships (organization_id, user_id, role) values (${team}, ${grace.id}, 'admin')`
})

test('a key of an organization acts in it alone, though its maker is a member of others', async () => {
  const { body: own } = await ada.post('/projects', { name: 'Own' })
  const made = await make(ada, { name: 'CI', scopes: keyScopes }, ofTeam)
  assert.equal(await read(made), 200)
  assert.equal((await by(made).get(`/projects/${own.id}`)).status, 404)
  assert.equal((await by(made).get('/projects')).status, 404)
  assert.equal((await by(made).get(`/projects?organizationId=${team}`)).status, 200)
  assert.equal((await idsOf(ada)).includes(made.id), false, 'it is none of its maker’s own')
})

test('each administrator sees, rotates and ends the keys of an organization; others do not see them', async () => {
  const made = await make(ada, wanted, ofTeam)
  assert.equal((await idsOf(grace, ofTeam)).includes(made.id), true)
  assert.equal((await viewer.get(ofTeam)).status, 403)
  assert.equal((await world.sql`select 1 from everjust.api_keys where id = ${made.id}`).length, 1)
  const { body: next } = await grace.post(`${ofTeam}/${made.id}/rotate`, {})
  const [row] = await world.sql`select user_id from everjust.api_keys where id = ${next.id}`
  assert.equal(row?.user_id, grace.id, 'it acts by the rights of who rotated it')
  assert.equal((await grace.delete(`${ofTeam}/${made.id}`)).status, 204)
  assert.deepEqual([await read(made), await read(next)], [401, 200])
  assert.equal((await ada.delete(`/keys/${next.id}`)).status, 404, 'it is not one of a person')
})

test('a key is not made, rotated or widened by a key, whatever its scopes', async () => {
  assert.equal(
    (keyScopes as string[]).some((scope) => /^key\.(change|manage)$/.test(scope)),
    false,
  )
  const refused = await ada.post('/keys', { ...wanted, scopes: ['key.change'] })
  assert.deepEqual([refused.status, refused.body.code], [400, 'invalid_request'])
  const made = await make(ada, { name: 'All', scopes: keyScopes })
  await world.sql`update everjust.api_keys set scopes = array_append(scopes, 'key.change') where id = ${made.id}`
  assert.equal((await by(made).post('/keys', wanted)).status, 403)
  assert.equal((await by(made).post(`/keys/${made.id}/rotate`, {})).status, 403)
})

test('keys are made by who signed in within the last five minutes; ended by anybody whose they are', async () => {
  const made = await make()
  const [stale, never] = [await signedInBefore(330), await signedInBefore(Date.now() / 1_000)]
  for (const caller of [stale, never]) {
    for (const path of ['/keys', ofTeam]) {
      const { status, body } = await caller.post(path, wanted)
      assert.deepEqual([status, body.code], [403, 'fresh_sign_in_required'])
    }
    assert.equal((await caller.post(`/keys/${made.id}/rotate`, {})).body.code, 'fresh_sign_in_required')
    assert.equal((await caller.get('/keys')).status, 200)
  }
  assert.equal((await (await signedInBefore(270)).post('/keys', wanted)).status, 201)
  assert.equal((await stale.delete(`/keys/${made.id}`)).status, 204)
})

test('what a body must not set is not set', async () => {
  for (const extra of [{ userId: grace.id }, { organizationId: team }, { twoFactors: true }, { days: 100_000 }]) {
    assert.equal((await ada.post('/keys', { ...wanted, ...extra })).status, 400, JSON.stringify(extra))
  }
  for (const wrong of [{ scopes: [] }, { name: ' ' }, { requestsPerMinute: 0 }, { requestsPerMinute: 601 }]) {
    assert.equal((await ada.post('/keys', { ...wanted, ...wrong })).status, 400, JSON.stringify(wrong))
  }
})

test('a key has a rate of its own, and uses up nothing of its person’s', async () => {
  const made = await make(ada, { ...wanted, requestsPerMinute: 3 })
  const statuses = []
  for (let count = 0; count < 8; count += 1) statuses.push(await read(made))
  // At most two minutes of it, should one end meanwhile.
  const passed = statuses.filter((status) => status === 200).length
  assert.ok(passed >= 3 && passed <= 6, String(statuses))
  assert.ok(statuses.includes(429))
  assert.equal((await ada.get(`/projects/${project.id}`)).status, 200)
})

test('twenty who make a key at once make as many as there may be', async () => {
  const many = await world.signIn('many@example.com')
  await world.sql`
    insert into everjust.api_keys (id, user_id, name, secret_sha256, scopes)
    select 'key_' || lpad(n::text, 20, '0'), ${many.id}, 'x', 'many' || n, '{}' from generate_series(1, 45) n`
  const answers = await Promise.all(Array.from({ length: 20 }, () => many.post('/keys', wanted)))
  assert.equal(answers.filter(({ status }) => status === 201).length, 5)
  assert.equal((await idsOf(many)).length, 50)
})

test('what was done with keys stands in the audit log, and no key does', async () => {
  const rows =
    await world.sql`select action, subject from everjust.audit_log where action like 'key.%' and outcome = 'done'`
  const told = new Set(rows.map(({ action }) => action as string))
  assert.deepEqual([...told].sort(), ['key.make', 'key.revoke', 'key.rotate'])
  assert.equal(JSON.stringify(rows).includes('ejk_'), false)
  assert.equal(JSON.stringify(world.logs).includes('ejk_'), false)
})

test('nothing is left behind', () => world.settled())
