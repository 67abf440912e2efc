import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { newId } from '../../lib/contract/ids.ts'
import { secretAbout } from '../../lib/domain/secret.ts'
import { makeTeam, openWorld } from '../world.ts'

const world = await openWorld({ after })
const [ada, viewer, stranger] = await Promise.all(
  ['ada', 'viewer', 'stranger'].map((name) => world.signIn(`${name}@example.com`)),
)
assert.ok(ada && viewer && stranger)
const team = await makeTeam(world, [
  { id: ada.id, role: 'editor' },
  { id: viewer.id, role: 'viewer' },
])

const value = 'correct horse\nbattery'

async function openProject(visibility: 'private' | 'public' = 'private') {
  const { body } = (await ada?.post('/projects', { name: 'Shop', organizationId: team, visibility })) ?? assert.fail()
  return body.id
}

test('a secret is kept sealed, listed by its name, and its value is nowhere to be read', async () => {
  const project = await openProject()
  const path = `/workshop/${project}/secrets`
  const kept = await ada.put(`${path}/DB_PASSWORD`, { value }, { headers: { 'idempotency-key': 'once' } })
  assert.equal(kept.status, 200, JSON.stringify(kept.body))
  assert.deepEqual(Object.keys(kept.body), ['name', 'createdAt', 'updatedAt'])
  const again = await ada.put(`${path}/DB_PASSWORD`, { value: `${value}!` }, { headers: { 'idempotency-key': 'once' } })
  assert.equal(again.body.createdAt, kept.body.createdAt)
  assert.ok(again.body.updatedAt > kept.body.updatedAt)
  await ada.put(`${path}/API_KEY`, { value: 'k' })
  const { body } = await ada.get(path)
  assert.deepEqual(
    body.items.map(({ name }: { name: string }) => name),
    ['API_KEY', 'DB_PASSWORD'],
  )

  const [row] = await world.sql`
    select sealed from everjust.project_secrets where project_id = ${project} and name = 'DB_PASSWORD'`
  const sealed = row?.['sealed'] as string
  assert.equal(world.context.seals.open(sealed, secretAbout(project, 'DB_PASSWORD')).reveal(), `${value}!`)
  assert.throws(() => world.context.seals.open(sealed, secretAbout(project, 'API_KEY')), /does not open/)
  assert.throws(() => world.context.seals.open(sealed, secretAbout(newId('project'), 'DB_PASSWORD')), /does not open/)
  const rest = await world.sql`
    select to_jsonb(a) as row from everjust.audit_log a union all select to_jsonb(k) from everjust.idempotency_keys k`
  assert.equal(JSON.stringify([rest, world.logs, kept.body, body]).includes('correct'), false)
  assert.equal(JSON.stringify(rest).includes('once'), false, 'a digest of the value would be kept with the key')
})

test('who did what to which secret is in the audit log', async () => {
  const project = await openProject()
  await ada.put(`/workshop/${project}/secrets/TOKEN`, { value })
  assert.equal((await ada.delete(`/workshop/${project}/secrets/TOKEN`)).status, 204)
  assert.equal((await ada.delete(`/workshop/${project}/secrets/TOKEN`)).status, 404)
  const rows = await world.sql`
    select actor, action from everjust.audit_log where subject = ${`${project}/TOKEN`} order by id`
  assert.deepEqual(
    rows.map(({ actor, action }) => [actor, action]),
    [
      [ada.id, 'secret.set'],
      [ada.id, 'secret.remove'],
    ],
  )
})

test('names are those of variables, and values have a size', async () => {
  const project = await openProject()
  for (const name of ['lower', '1ST', 'A-B', 'A%20B', `A${'B'.repeat(64)}`]) {
    assert.equal((await ada.put(`/workshop/${project}/secrets/${name}`, { value })).status, 404, name)
  }
  for (const wrong of ['', 'x'.repeat(10_001), 5]) {
    assert.equal((await ada.put(`/workshop/${project}/secrets/A`, { value: wrong })).status, 400)
  }
  await world.sql`
    insert into everjust.project_secrets (project_id, name, sealed)
    select ${project}, 'S' || n, 'x' from generate_series(1, 50) n`
  const { status, body } = await ada.put(`/workshop/${project}/secrets/ONE_MORE`, { value })
  assert.deepEqual([status, body.detail], [400, 'A project has at most 50 secrets.'])
  assert.equal((await ada.put(`/workshop/${project}/secrets/S7`, { value })).status, 200)
})

test('who reads a project, or runs it, learns not even the names', async () => {
  const project = await openProject('public')
  await ada.put(`/workshop/${project}/secrets/TOKEN`, { value })
  for (const reader of [viewer, stranger]) {
    assert.equal((await reader.get(`/projects/${project}`)).status, 200)
    assert.equal((await reader.get(`/workshop/${project}/secrets`)).status, 403)
    assert.equal((await reader.put(`/workshop/${project}/secrets/TOKEN`, { value: 'mine' })).status, 403)
  }
  const run = { kind: 'run', projectId: project, generationId: null, attempt: 1 } as const
  const seen = await world.context.database.as(run, (t) => t`select name from everjust.project_secrets`)
  assert.equal(seen.length, 0)
})

test('a request never reads a sealed value back, whoever asks', async () => {
  const principal = { kind: 'user', userId: ada.id, scopes: 'all' } as const
  const reading = world.context.database.as(principal, (t) => t`select sealed from everjust.project_secrets`)
  await assert.rejects(reading, { code: '42501' })
})

test('nothing was left behind', () => world.settled())
