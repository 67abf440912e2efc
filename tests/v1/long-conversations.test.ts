import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { Event } from '../../lib/contract/event.ts'
import type { Generation } from '../../lib/contract/generation.ts'
import { openWorld } from '../world.ts'
import { talkFor } from '../world/long-conversation.ts'

const world = await openWorld({ after })
const ada = await world.signIn('ada@example.com')
const id = (await ada.post('/projects', { name: 'Long' })).body.id as string
await talkFor(world.sql, { projectId: id, count: 300 })

const page = async (query: string): Promise<Generation[]> =>
  (await ada.get(`/projects/${id}/generations?${query}`)).body.items
const numbers = (items: Generation[]) => items.map(({ number }) => number)

test('requests are numbered from 1 in the order in which they were made', async () => {
  const newest = await page('limit=2')
  assert.deepEqual(numbers(newest), [300, 299])
  assert.equal(newest[0]?.prompt, 'Request 300')
  assert.equal(newest[0].steps, 2)
})

test('a page of requests begins at any number, and goes on from there', async () => {
  assert.deepEqual(numbers(await page('upTo=30&limit=3')), [30, 29, 28])
  const { body } = await ada.get(`/projects/${id}/generations?upTo=3&limit=2`)
  assert.deepEqual(numbers(body.items), [3, 2])
  assert.deepEqual(numbers(await page(`after=${body.next}`)), [1])
  assert.deepEqual(await page('upTo=0'), [])
  assert.equal((await ada.get(`/projects/${id}/generations?upTo=no`)).status, 400)
})

test('a page of requests begins at an instant', async () => {
  const [known] = await page('upTo=120&limit=1')
  assert.deepEqual(numbers(await page(`until=${known?.createdAt}&limit=2`)), [120, 119])
  assert.deepEqual(await page('until=2001-01-01T00:00:00.000Z'), [])
  assert.equal((await ada.get(`/projects/${id}/generations?until=yesterday`)).status, 400)
})

test('requests are found by what they and their answers say, whatever its case', async () => {
  assert.deepEqual(numbers(await page('q=REQUEST%20299')), [299])
  assert.deepEqual(numbers(await page('q=done%2C%20number%2029&limit=2')), [299, 298])
  assert.deepEqual(await page('q=100%25'), [])
  assert.equal((await ada.get(`/projects/${id}/generations?q=%20`)).status, 400)
})

test('the log is followed from the start of the newest request on', async () => {
  const { body } = await ada.get(`/projects/${id}/events?after=latest`)
  assert.deepEqual(
    body.events.map(({ seq }: Event) => seq),
    [1496, 1497, 1498, 1499, 1500],
  )
  assert.equal(body.events[0].data.prompt, 'Request 300')
  assert.deepEqual((await ada.get(`/projects/${id}/events?after=${body.next}`)).body.events, [])
})

test('without a request the log is followed from its end on', async () => {
  const { body: empty } = await ada.post('/projects', { name: 'Empty' })
  assert.deepEqual((await ada.get(`/projects/${empty.id}/events?after=latest`)).body, { events: [], next: '0' })
})

test('what the log tells of one request is read alone, a page at a time', async () => {
  const [known] = await page('upTo=7&limit=1')
  const { body } = await ada.get(`/projects/${id}/events?generation=${known?.id}`)
  assert.deepEqual(
    body.events.map(({ seq }: Event) => seq),
    [31, 32, 33, 34, 35],
  )
  assert.equal(body.events[0].type, 'project:generation:start')
  assert.equal(body.events[4].type, 'project:generation:complete')
  const rest = (await ada.get(`/projects/${id}/events?generation=${known?.id}&after=33`)).body
  assert.deepEqual(
    rest.events.map(({ seq }: Event) => seq),
    [34, 35],
  )
})

test('the log of a request in another project is not to be had', async () => {
  const bob = await world.signIn('bob@example.com')
  const { body: his } = await bob.post('/projects', { name: 'His' })
  const [known] = await page('limit=1')
  assert.deepEqual((await bob.get(`/projects/${his.id}/events?generation=${known?.id}`)).body.events, [])
  assert.equal((await bob.get(`/projects/${id}/events?generation=${known?.id}`)).status, 404)
})

test('nothing is left behind', () => world.settled())
