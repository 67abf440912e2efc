import assert from 'node:assert/strict'
import { after, beforeEach, test } from 'node:test'
import type { ProjectId } from '../../lib/contract/ids.ts'
import { openWorld, type SignedIn } from '../world.ts'

const world = await openWorld({ after })
let people = 0
let ada: SignedIn
let projectId: ProjectId
beforeEach(async () => {
  ada = await world.signIn(`ada-${++people}@example.com`)
  projectId = (await ada.post('/projects', { name: 'Queue' })).body.id
  // A run that is under way: what is written meanwhile waits.
  assert.equal((await ada.post(`/projects/${projectId}/generate`, { prompt: 'first' })).status, 202)
})

const at = (rest = '') => `/conversations/${projectId}/queue${rest}`

async function write(...prompts: string[]): Promise<string[]> {
  const ids: string[] = []
  for (const prompt of prompts) {
    const { status, body } = await ada.post(at(), { prompt })
    assert.equal(status, 201, JSON.stringify(body))
    ids.push(body.id)
  }
  return ids
}

const prompts = async () => (await ada.get(at())).body.items.map(({ prompt }: { prompt: string }) => prompt)

test('messages are listed in the order they were written, and in another when they were put so', async () => {
  const [a, b, c] = await write('a', 'b', 'c')
  assert.deepEqual(await prompts(), ['a', 'b', 'c'])
  const { status, body } = await ada.put(at(), { order: [c, a, b] })
  assert.equal(status, 200, JSON.stringify(body))
  assert.deepEqual(
    body.items.map(({ id }: { id: string }) => id),
    [c, a, b],
  )
  await write('d')
  assert.deepEqual(await prompts(), ['c', 'a', 'b', 'd'])
})

test('an order that does not name each message once is refused, and changes nothing', async () => {
  const [a, b] = await write('a', 'b')
  for (const order of [[a], [a, a], [a, b, 'msg_0123456789abcdefghjk'], []]) {
    const { status, body } = await ada.put(at(), { order })
    assert.deepEqual([status, body.code], [409, 'conflict'], JSON.stringify(order))
  }
  assert.deepEqual(await prompts(), ['a', 'b'])
})

test('two people who reorder at once leave one of the two orders', async () => {
  const ids = await write('a', 'b', 'c', 'd', 'e')
  const back = ids.toReversed()
  for (let round = 0; round < 5; round++) {
    const answers = await Promise.all([ada.put(at(), { order: ids }), ada.put(at(), { order: back })])
    assert.deepEqual(
      answers.map(({ status }) => status),
      [200, 200],
    )
    const left = (await prompts()).join('')
    assert.ok(left === 'abcde' || left === 'edcba', left)
  }
})

test('a message can be changed and taken back while it waits, and not after', async () => {
  const [a, b] = await write('a', 'b')
  const changed = await ada.put(at(`/${a}`), { prompt: 'a2' })
  assert.deepEqual([changed.status, changed.body.prompt], [200, 'a2'])
  assert.equal((await ada.delete(at(`/${b}`))).status, 204)
  assert.deepEqual(await prompts(), ['a2'])
  assert.equal((await ada.delete(at(`/${b}`))).status, 404)
  assert.equal((await ada.put(at(`/${b}`), { prompt: 'x' })).status, 404)
})

test('at most twenty wait, however many are written at once', async () => {
  await world.sql`insert into everjust.queued_messages (id, project_id, written_by, prompt, wish, place)
    select 'msg_' || lpad(n::text, 2, '0') || ${projectId.slice(6)}, ${projectId}, ${ada.id}, 'x', '{"mode":"build","attachments":[]}', n
    from generate_series(1, 18) n`
  const instances = await Promise.all(Array.from({ length: 5 }, () => world.instance()))
  const callers = [ada, ...instances.map(({ withToken }) => withToken(ada.token))]
  const answers = await Promise.all(callers.map((caller) => caller.post(at(), { prompt: 'more' })))
  assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 201, 409, 409, 409, 409])
  const refused = answers.find(({ status }) => status === 409)
  assert.equal(refused?.body.detail, 'At most 20 messages wait at once.')
  assert.equal((await prompts()).length, 20)
})

test('the same request with the same key is one message', async () => {
  const headers = { 'idempotency-key': 'once' }
  const answers = [
    await ada.post(at(), { prompt: 'a' }, { headers }),
    await ada.post(at(), { prompt: 'a' }, { headers }),
  ]
  assert.deepEqual(answers[0]?.body, answers[1]?.body)
  assert.deepEqual(await prompts(), ['a'])
})

test('keys that were pasted into a message are masked before it is stored, and words of control characters are none', async () => {
  const key = `sk-ant-api03-${'Ab3dEf6hIj9k'.repeat(8)}`
  const { body } = await ada.post(at(), { prompt: `use ${key}` })
  assert.equal(body.masked.length, 1)
  assert.ok(!JSON.stringify(body).includes(key))
  assert.ok(!(await prompts()).join().includes(key))
  const changed = await ada.put(at(`/${body.id}`), { prompt: `rather ${key}` })
  assert.ok(!JSON.stringify(changed.body).includes(key))
  assert.equal((await ada.post(at(), { prompt: '\u0007' })).status, 400)
  assert.equal((await ada.put(at(`/${body.id}`), { prompt: '\u0007' })).status, 400)
})

test('every change is told in the log, and who made it is noted', async () => {
  const [a, b] = await write('a', 'b')
  await ada.put(at(), { order: [b, a] })
  await ada.delete(at(`/${a}`))
  const { body } = await ada.get(`/projects/${projectId}/events`)
  const told = body.events
    .filter(({ type }: { type: string }) => type === 'queue:changed')
    .map(({ data }: { data: object }) => data)
  assert.deepEqual(
    told,
    [1, 2, 2, 1].map((waiting) => ({ waiting, paused: null })),
  )
  const deeds = await world.sql<{ action: string; subject: string }[]>`
    select action, subject from everjust.audit_log where actor = ${ada.id} and action like 'queue.%' order by at, id`
  assert.deepEqual(
    deeds.map(({ action, subject }) => [action, subject]),
    [
      ['queue.add', a],
      ['queue.add', b],
      ['queue.order', projectId],
      ['queue.remove', a],
    ],
  )
})
