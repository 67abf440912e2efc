import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { openAnthropic } from '../../lib/adapters/anthropic.ts'
import { Secret } from '../../lib/config.ts'
import { startModel } from '../../local/model/start.ts'
import { differences } from '../jobs/books.ts'
import { mistakes, openStage } from '../jobs/stage.ts'

const model = await startModel({ port: 0, apiKey: 'scripted', latency: 0 })
after(() => model.stop())
const upstream = openAnthropic({ url: model.url, key: new Secret('scripted') })
const stage = await openStage({ after }, { upstream })
const { world } = stage

/** Asks while the jobs that this wakes are done. */
async function improve(caller: { post: (typeof world.anonymous)['post'] }, projectId: string, prompt: string) {
  const asking = caller.post(`/conversations/${projectId}/improve`, { prompt })
  let over = false
  const answer = asking.finally(() => (over = true))
  while (!over) {
    await stage.drain()
    await sleep(10)
  }
  return answer
}

test('a prompt comes back with the same wish in more words, paid and accounted for', async () => {
  const ada = await stage.person()
  const projectId = await stage.project(ada)
  const { status, body } = await improve(ada, projectId, 'a habit tracker')
  assert.equal(status, 200, JSON.stringify(body))
  assert.match(body.prompt, /^a habit tracker\. .*after a reload/)
  assert.deepEqual([body.model, body.simulated], ['scripted-mini', true])
  assert.ok(body.micros > 0 && body.micros < 2_000, String(body.micros))
  const usage = (await ada.get('/user/usage')).body
  assert.deepEqual([usage.spend.usedMicros, usage.spend.reservedMicros, usage.generations.used], [body.micros, 0, 0])
  assert.deepEqual([await mistakes(world), await differences(world)], [[], []])
})

test('the same words asked for again, at once or a moment later, are made and paid once', async () => {
  const ada = await stage.person()
  const projectId = await stage.project(ada)
  const ask = () => ada.post(`/conversations/${projectId}/improve?wait=0`, { prompt: 'a habit tracker' })
  const early = await Promise.all([ask(), ask(), ask()])
  assert.deepEqual(
    early.map(({ status }) => status),
    [409, 409, 409],
  )
  await stage.drain()
  const { status, body } = await ask()
  assert.equal(status, 200, JSON.stringify(body))
  assert.equal((await ada.get('/user/usage')).body.spend.usedMicros, body.micros)
  const [row] = await world.sql`select count(*)::int as n from everjust.improvements where project_id = ${projectId}`
  assert.equal(row?.['n'], 1)
})

test('keys in a prompt go no further, and an empty one is refused', async () => {
  const ada = await stage.person()
  const projectId = await stage.project(ada)
  const key = `sk-ant-api03-${'abcDEF123_-x'.repeat(8)}AA`
  const { body } = await improve(ada, projectId, `a page that uses ${key}`)
  assert.equal(JSON.stringify(body).includes(key), false)
  const rows = await world.sql`select to_jsonb(i) as row from everjust.improvements i`
  assert.equal(JSON.stringify(rows).includes(key), false)
  assert.equal((await improve(ada, projectId, '\u0001')).status, 400)
})

test('a month that is capped leaves nothing for it', async () => {
  const ada = await stage.person()
  const projectId = await stage.project(ada)
  const caps = { runMicros: null, monthMicros: 10 }
  await ada.put(`/organizations/${ada.organizationId}/engine`, { caps })
  const { status, body } = await improve(ada, projectId, 'a habit tracker')
  assert.deepEqual([status, body.code], [402, 'payment_required'])
  assert.deepEqual(await mistakes(world), [])
})

test('of many at once no more begin than the month allows', async () => {
  const ada = await stage.person()
  const projectId = await stage.project(ada)
  await ada.put(`/organizations/${ada.organizationId}/engine`, { caps: { runMicros: null, monthMicros: 20_000 } })
  const asked = await Promise.all(
    Array.from({ length: 8 }, (_, n) => ada.post(`/conversations/${projectId}/improve?wait=0`, { prompt: `x${n}` })),
  )
  // Each sets aside a little more than 7,500 micros for 1,500 tokens.
  assert.deepEqual(asked.map(({ status }) => status).sort(), [402, 402, 402, 402, 402, 402, 409, 409])
  await stage.drain()
  assert.deepEqual([await mistakes(world), await differences(world)], [[], []])
})

test('a model that does not answer, or a function that is killed, costs nothing', async () => {
  const ada = await stage.person()
  const projectId = await stage.project(ada)
  await ada.post(`/conversations/${projectId}/improve?wait=0`, { prompt: 'x' })
  await stage.drain({ upstream: openAnthropic({ url: 'http://127.0.0.1:9', key: new Secret('x') }) })
  await ada.post(`/conversations/${projectId}/improve?wait=0`, { prompt: 'x' })
  await world.sql`update everjust.jobs set tries = 1 where state = 'queued'`
  await stage.drain()
  const rows = await world.sql`
    select state, failure_code, spent_micros::int as spent from everjust.improvements where user_id = ${ada.id}`
  assert.deepEqual(
    rows.map((row) => ({ ...row })),
    [
      { state: 'failed', failure_code: 'model_unavailable', spent: 0 },
      { state: 'failed', failure_code: 'model_unavailable', spent: 0 },
    ],
  )
  assert.equal((await ada.get('/user/usage')).body.spend.reservedMicros, 0)
  assert.deepEqual([await mistakes(world), await differences(world)], [[], []])
})

test('a month has room for so many, however cheap they are, and deleting projects makes no more', async () => {
  const ada = await stage.person()
  const [projectId, other] = [await stage.project(ada), await stage.project(ada)]
  // Of the free tier: four for each of its fifty runs.
  for (let n = 0; n < 199; n += 1) {
    await world.sql`insert into everjust.ledger (id, organization_id, user_id, metric, period, state, reserved)
      values (${`led_${ada.id}_${n}`}, ${ada.organizationId}, ${ada.id}, 'micros', date_trunc('month', now()), 'released', 0)`
  }
  assert.equal((await improve(ada, projectId, 'a habit tracker')).status, 200)
  await ada.delete(`/projects/${projectId}`)
  await ada.delete(`/library/deleted/${projectId}`)
  await stage.drain()
  assert.equal((await improve(ada, other, 'a habit tracker')).status, 402)
})

test('what was set aside returns when the project is deleted, and when its job was given up', async () => {
  const ada = await stage.person()
  const [projectId, other] = [await stage.project(ada), await stage.project(ada)]
  await ada.post(`/conversations/${projectId}/improve?wait=0`, { prompt: 'x' })
  await ada.post(`/conversations/${other}/improve?wait=0`, { prompt: 'x' })
  await world.sql`delete from everjust.jobs where kind = 'improve-prompt'`
  assert.ok((await ada.get('/user/usage')).body.spend.reservedMicros > 0)
  await ada.delete(`/projects/${projectId}`)
  await ada.delete(`/library/deleted/${projectId}`)
  await stage.drain()
  await world.sql`update everjust.improvements set created_at = now() - interval '901 seconds' where project_id = ${other}`
  await stage.minute()
  assert.equal((await ada.get('/user/usage')).body.spend.reservedMicros, 0)
  assert.deepEqual([await mistakes(world), await differences(world)], [[], []])
})

test('nothing is left behind', () => world.settled())
