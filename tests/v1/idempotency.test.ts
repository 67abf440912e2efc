import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { minuteWithRoom } from '../world/minute.ts'
import { openWorld } from '../world.ts'

// Six instances lease all that a minute allows one person.
await minuteWithRoom()
const world = await openWorld({ after })
const ada = await world.signIn('ada@example.com')
const instances = await Promise.all(Array.from({ length: 5 }, () => world.instance()))

const keyed = (key: string) => ({ headers: { 'idempotency-key': key } })
const countOf = async (name: string) => (await world.sql`select from everjust.projects where name = ${name}`).length

test('the same request ten times at once, over five instances, has one effect and one answer', async () => {
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, at) =>
      instances[at % 5]?.withToken(ada.token).post('/projects', { name: 'Once' }, keyed('once')),
    ),
  )
  assert.deepEqual(new Set(answers.map((answer) => answer?.status)), new Set([201]))
  for (const answer of answers) assert.deepEqual(answer?.body, answers[0]?.body)
  assert.equal(await countOf('Once'), 1)
})

// Of what a minute allows Ada the five instances hold the most, used or not; what follows is asked by somebody else.
const lin = await world.signIn('lin@example.com')

test('a key that was used for another request is refused', async () => {
  await lin.post('/projects', { name: 'First' }, keyed('shared'))
  const other = await lin.post('/projects', { name: 'Second' }, keyed('shared'))
  assert.deepEqual([other.status, other.body.code], [409, 'idempotency_mismatch'])
  assert.equal(await countOf('Second'), 0)
})

test('keys of two people never meet', async () => {
  const grace = await world.signIn('grace@example.com')
  await lin.post('/projects', { name: 'Mine' }, keyed('same'))
  await grace.post('/projects', { name: 'Mine' }, keyed('same'))
  assert.equal(await countOf('Mine'), 2)
})

test('a request that was refused may be made again with its key', async () => {
  const { body } = await lin.post('/projects', { name: 'Gone' })
  assert.equal((await lin.put(`/projects/prj_00000000000000000000`, { name: 'x' }, keyed('retry'))).status, 404)
  assert.equal((await lin.put(`/projects/${body.id}`, { name: 'Back' }, keyed('retry'))).status, 200)
})

test('a key of 256 characters or with a space is refused', async () => {
  for (const key of ['k'.repeat(256), 'a b']) {
    assert.equal((await lin.post('/projects', { name: 'x' }, keyed(key))).status, 400)
  }
})

test('nothing is left behind', () => world.settled())
