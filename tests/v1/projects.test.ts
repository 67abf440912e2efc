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
  assert.equal(world.wakes.at(-1)?.kind, 'delete-project')
})

test('nothing is left behind but the deletion', () => world.settled({ jobs: ['delete-project'] }))
