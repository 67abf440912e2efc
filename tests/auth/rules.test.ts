import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { Tier } from '../../lib/contract/user.ts'
import { makeTeam, openWorld, type Caller } from '../world.ts'

const world = await openWorld({ after })
const [ada, grace, viewer] = await Promise.all(
  ['ada', 'grace', 'viewer'].map((name) => world.signIn(`${name}@example.com`)),
)
assert.ok(ada && grace && viewer)
const team = await makeTeam(world, [
  { id: ada.id, role: 'owner' },
  { id: grace.id, role: 'admin' },
  { id: viewer.id, role: 'viewer' },
])
const { body: project } = await ada.post('/projects', { name: 'Habits', organizationId: team })
const { body: own } = await grace.post('/projects', { name: 'Of her own' })
const rules = `/sign-in/organizations/${team}`

const as = async (name: string, claims: Record<string, unknown> = {}): Promise<Caller> =>
  world.withToken(await world.issuer.token({ sub: `auth0|${name}@example.com`, ...claims }))
const twice = { 'https://everjust.dev/amr': ['pwd', 'mfa'] }
const read = async (caller: Caller, path = `/projects/${project.id}`) => {
  const { status, body } = await caller.get(path)
  return status === 200 ? 200 : body.code
}
const ask = (caller: Caller, secondFactor: boolean) => caller.put(rules, { secondFactor })
const inTier = (tier: Tier) => world.sql`update everjust.organizations set tier = ${tier} where id = ${team}`

test('an owner who signed in by two factors asks it of everybody, from the next request on', async () => {
  assert.equal((await ask(grace, true)).status, 403, 'an admin may look, not change')
  assert.equal((await grace.get(rules)).status, 200)
  assert.equal((await viewer.get(rules)).status, 403)
  assert.equal((await ask(ada, true)).body.code, 'second_factor_required', 'nobody shuts out themselves')
  const { status, body } = await ask(await as('ada', twice), true)
  assert.deepEqual([status, body], [200, { secondFactor: true, byTier: false, mayAsk: true }])
  for (const caller of [ada, grace, viewer]) assert.equal(await read(caller), 'second_factor_required')
  for (const name of ['ada', 'grace', 'viewer']) assert.equal(await read(await as(name, twice)), 200)
  assert.equal((await grace.post('/projects', { name: 'x', organizationId: team })).body.code, 'second_factor_required')
  assert.equal(await read(grace, `/projects?organizationId=${team}`), 'second_factor_required')
  assert.equal(await read(grace, `/organizations/${team}`), 'second_factor_required')
})

test('what is one’s own, or of nobody’s organization, asks for nothing', async () => {
  assert.equal(await read(grace, `/projects/${own.id}`), 200)
  assert.equal(await read(grace, '/user'), 200)
  const stranger = await world.signIn('stranger@example.com')
  assert.equal(await read(stranger), 'not_found', 'and strangers learn nothing of it')
})

test('a guest of one project is asked for it as well', async () => {
  const guest = await world.signIn('guest@example.com')
  await world.sql`insert into everjust.project_guests (project_id, user_id, role, invited_by)
    values (${project.id}, ${guest.id}, 'viewer', ${ada.id})`
  assert.equal(await read(guest), 'second_factor_required')
  assert.equal(await read(await as('guest', twice)), 200)
})

test('who was refused for it stands in the audit log', async () => {
  await read(viewer)
  const rows = await world.sql`
    select action, outcome from everjust.audit_log
    where organization_id = ${team} and actor = ${viewer.id} and outcome = 'denied'`
  assert.ok(rows.some(({ action }) => action === 'project.read'))
})

test('a key made by one factor is refused, one made by two opens it, and one of the organization', async () => {
  const wanted = { name: 'x', scopes: ['project.read'] }
  const keyOf = async (caller: Caller, path = '/keys') => world.withToken((await caller.post(path, wanted)).body.key)
  const graceTwice = await as('grace', twice)
  assert.equal(await read(await keyOf(grace)), 'second_factor_required')
  assert.equal(await read(await keyOf(graceTwice)), 200)
  assert.equal(await read(await keyOf(graceTwice, `/keys/organizations/${team}`)), 200)
})

test('a run that is under way goes on', async () => {
  const run = await world.asRun({ projectId: project.id, generationId: null, attempt: 1 })
  assert.equal((await run.get(`/projects/${project.id}/versions/current`)).body.code, undefined)
})

test('whoever cannot do it may leave', async () => {
  assert.equal((await viewer.delete(`/organizations/${team}/membership`)).status, 204)
})

test('a sign-in of long ago does not change it', async () => {
  const stale = await as('ada', { ...twice, 'https://everjust.dev/auth_time': Math.floor(Date.now() / 1_000) - 400 })
  assert.equal((await ask(stale, false)).body.code, 'fresh_sign_in_required')
})

test('in a smaller tier it cannot be asked for anew, and what was asked holds until somebody takes it back', async () => {
  await inTier('free')
  assert.equal(await read(grace), 'second_factor_required')
  assert.equal((await ask(await as('ada', twice), true)).status, 402)
  assert.equal((await ask(await as('ada', twice), false)).status, 200)
  assert.equal(await read(grace), 200)
})

test('the largest tier always asks for it, of teams, whatever was chosen', async () => {
  await inTier('enterprise')
  await world.sql`update everjust.organizations set tier = 'enterprise' where id = ${grace.organizationId}`
  assert.equal(await read(grace), 'second_factor_required')
  assert.deepEqual((await (await as('ada', twice)).get(rules)).body, { secondFactor: true, byTier: true, mayAsk: true })
  assert.equal(await read(grace, `/projects/${own.id}`), 200)
})

test('nothing is left behind', () => world.settled())
