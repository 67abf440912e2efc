import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { openWorld } from '../world.ts'

const world = await openWorld({ after })
const ada = await world.signIn('ada@example.com')

test('a project is created, read, renamed, listed and deleted', async () => {
  const created = await ada.post('/projects', { prompt: 'Build me a habit tracker with streaks' })
  assert.equal(created.status, 201, JSON.stringify(world.logs))
  assert.equal(created.body.name, 'Habit tracker with streaks')
  assert.equal(created.body.state, 'ready')
  const { id } = created.body
  assert.deepEqual((await ada.get(`/projects/${id}`)).body, created.body)
  const renamed = await ada.put(`/projects/${id}`, { name: ' Habits ' })
  assert.deepEqual([renamed.status, renamed.body.name], [200, 'Habits'])
  assert.deepEqual(
    (await ada.get('/projects')).body.items.map((each: { id: string }) => each.id),
    [id],
  )
  assert.equal((await ada.delete(`/projects/${id}`)).status, 204)
  assert.equal((await ada.get(`/projects/${id}`)).status, 404)
  assert.equal((await ada.delete(`/projects/${id}`)).status, 404)
  assert.deepEqual((await ada.get('/projects')).body, { items: [], next: null })
})

test('deleting a project ends its run, gives back what it held, and hides it from everybody at once', async () => {
  const { body } = await ada.post('/projects', { name: 'Doomed' })
  const started = await ada.post(`/projects/${body.id}/generate`, { prompt: 'a page' })
  assert.equal(started.status, 202)
  assert.equal((await ada.get(`/projects/${body.id}`)).body.state, 'building')
  assert.equal((await ada.get('/user/usage')).body.generations.reserved, 1)
  assert.equal((await ada.delete(`/projects/${body.id}`)).status, 204)
  const { generations, spend } = (await ada.get('/user/usage')).body
  assert.deepEqual([generations.used, generations.reserved, spend.reservedMicros], [0, 0, 0])
  const run = await world.asRun({ projectId: body.id, generationId: started.body.id, attempt: 1 })
  assert.equal((await run.post(`/projects/${body.id}/versions/batch`, { files: [] })).status, 404)
  for (const rest of ['', '/events', '/versions', '/sandbox', `/generations/${started.body.id}`]) {
    assert.equal((await ada.get(`/projects/${body.id}${rest}`)).status, 404, rest)
  }
})

test('a public project is read by anybody who signed in, and listed for its members alone', async () => {
  const { body } = await ada.post('/projects', { name: 'Open', visibility: 'public' })
  const grace = await world.signIn('grace@example.com')
  assert.equal((await grace.get(`/projects/${body.id}`)).body.name, 'Open')
  assert.equal((await grace.put(`/projects/${body.id}`, { name: 'Mine' })).status, 403)
  assert.deepEqual((await grace.get('/projects')).body.items, [])
  await ada.put(`/projects/${body.id}`, { visibility: 'private' })
  assert.equal((await grace.get(`/projects/${body.id}`)).status, 404)
})

test('who did what stands in the audit log', async () => {
  const { body } = await ada.post('/projects', { name: 'Audited' }, { headers: { 'x-request-id': 'audited-request' } })
  const [row] = await world.sql`
    select actor, action, organization_id, request_id from everjust.audit_log where subject = ${body.id}`
  assert.deepEqual(
    { ...row },
    { actor: ada.id, action: 'project.create', organization_id: ada.organizationId, request_id: 'audited-request' },
  )
})

test('nothing is left behind but the run that never began', () => world.settled({ jobs: ['start-generation'] }))
