import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { after, test } from 'node:test'
import { openTokenCounter } from '../../lib/adapters/anthropic-count.ts'
import { Secret } from '../../lib/config.ts'
import { newId } from '../../lib/contract/ids.ts'
import { close, listen } from '../../local/listen.ts'
import { openStage, success } from '../jobs/stage.ts'
import { callerOf } from '../world/caller.ts'
import type { SignedIn } from '../world.ts'

const stage = await openStage({ after })
const { world } = stage

const quote = (by: SignedIn, projectId: string, wish: Record<string, unknown> = {}) =>
  by.post(`/conversations/${projectId}/quote`, { prompt: 'a habit tracker', ...wish })

test('a quote says what a run costs at most and usually, and exactly that is set aside', async () => {
  const ada = await stage.person()
  await world.sql`update everjust.organizations set tier = 'pro' where id = ${ada.organizationId}`
  const projectId = await stage.project(ada)
  const { status, body } = await quote(ada, projectId)
  assert.equal(status, 200, JSON.stringify(body))
  assert.deepEqual(body, {
    currency: 'USD',
    atMostMicros: 880_000,
    usuallyMicros: 129_094,
    simulated: true,
    model: 'scripted-1',
    input: { tokens: 2_605, counted: 'estimated' },
    window: 200_000,
    objection: null,
    cap: null,
  })
  const made = await ada.post(`/projects/${projectId}/generate`, { prompt: 'a habit tracker' })
  assert.equal(made.body.cost.atMostMicros, 880_000)
  assert.equal((await quote(ada, projectId)).body.objection, 'A run is under way.')
  const plan = (await quote(ada, projectId, { mode: 'plan' })).body
  assert.ok(plan.atMostMicros < body.atMostMicros && plan.usuallyMicros < body.usuallyMicros)
  await ada.post(`/projects/${projectId}/generations/${made.body.id}/cancel`)
  await stage.drain()
})

test('a quote takes caps into account, and says why nothing could start', async () => {
  const ada = await stage.person()
  const projectId = await stage.project(ada)
  assert.equal((await quote(ada, projectId)).body.atMostMicros, 500_000)
  await ada.put('/user/caps', { runMicros: 300_000, monthMicros: null })
  assert.equal((await quote(ada, projectId)).body.atMostMicros, 300_000)
  await ada.put('/user/caps', { runMicros: null, monthMicros: 20_000 })
  const { body } = await quote(ada, projectId)
  assert.equal(body.atMostMicros, 20_000)
  assert.match(body.objection, /^Your own limit for a month is \$0\.0200: \$0\.00 are used or set aside/)
  assert.deepEqual(body.cap, { why: 'month', whose: 'person', mostMicros: 20_000, leavesMicros: 20_000 })
  assert.equal((await quote(ada, projectId, { model: 'other' })).status, 400)
  assert.equal((await quote(ada, projectId, { prompt: '' })).status, 400)
})

test('after five like runs the quote follows what they used, at the prices of the model that is asked for', async () => {
  const ada = await stage.person()
  const projectId = await stage.project(ada)
  await ran(ada, 5, { input_tokens: 3_000, output_tokens: 2_000 })
  const { body } = await quote(ada, projectId)
  // Twice 3,000 × 2 + 2,000 × 10, a little less for the shorter first request.
  assert.ok(body.usuallyMicros > 50_000 && body.usuallyMicros <= 52_000, String(body.usuallyMicros))
  assert.equal(body.atMostMicros, 260_000)
  const small = (await quote(ada, projectId, { model: 'scripted-mini' })).body
  assert.ok(small.usuallyMicros > 25_000 && small.usuallyMicros <= 26_000, String(small.usuallyMicros))
})

test('where an organization has too few runs those of three others count, and runs that failed by our fault never', async () => {
  const [ada, ben, cleo, dan] = [await stage.person(), await stage.person(), await stage.person(), await stage.person()]
  await world.sql`delete from everjust.generations where state in ('succeeded', 'failed')`
  await ran(ben, 5, { input_tokens: 3_000, output_tokens: 2_000 })
  const projectId = await stage.project(ada)
  await ran(cleo, 1, { input_tokens: 3_000, output_tokens: 2_000 })
  assert.equal((await quote(ada, projectId)).body.atMostMicros, 500_000, 'the runs of two are told')
  await ran(dan, 1, { input_tokens: 3_000, output_tokens: 2_000 })
  const ofAll = (await quote(ada, projectId)).body
  assert.equal(ofAll.atMostMicros, 260_000)
  await world.sql`update everjust.generations set failure_code = 'platform_fault', state = 'failed' where state = 'succeeded'`
  assert.equal((await quote(ada, projectId)).body.atMostMicros, 500_000)
})

/** Runs of one's own that ended well, each of two requests that used this. */
async function ran(by: SignedIn, times: number, usage: Record<string, number>): Promise<void> {
  for (let n = 0; n < times; n += 1) {
    const run = await stage.start(by)
    assert.equal((await run.runner.post(`${run.reports}/end`, success)).status, 200)
    await world.sql`update everjust.generations set spent_micros = 1, cap_micros = 1 where id = ${run.id}`
    for (const id of [newId('call'), newId('call')]) {
      await world.sql`
        insert into everjust.model_calls (id, project_id, generation_id, attempt, model, state, held_micros, usage)
        values (${id}, ${run.projectId}, ${run.id}, 1, 'scripted-1', 'settled', 0, ${world.sql.json(usage)})`
    }
  }
}

test('with a key the words are counted by the model, and without an answer in time they are estimated', async () => {
  const asked: unknown[] = []
  let silent = false
  let tokens = 77
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      asked.push([request.url, request.headers['x-api-key'], JSON.parse(Buffer.concat(parts).toString())])
      if (!silent) response.end(JSON.stringify({ input_tokens: tokens }))
    })
  })
  const url = `http://127.0.0.1:${await listen(server, 0)}`
  after(() => close(server))
  const mains = world.serving({ tokens: openTokenCounter({ url, key: new Secret('key') }) })
  const ada = await stage.person()
  const projectId = await stage.project(ada)
  const caller = callerOf(mains, ada.token)
  const ask = () => caller.post(`/conversations/${projectId}/quote`, { prompt: 'a habit tracker' })
  assert.deepEqual((await ask()).body.input, { tokens: 2_677, counted: 'by the model' })
  assert.deepEqual(asked, [
    [
      '/v1/messages/count_tokens',
      'key',
      { model: 'scripted-1', messages: [{ role: 'user', content: 'a habit tracker' }] },
    ],
  ])
  const short = (await ask()).body
  tokens = 20_000
  const long = (await ask()).body
  assert.ok(long.usuallyMicros > short.usuallyMicros, 'what was counted does not count')
  silent = true
  const started = performance.now()
  assert.deepEqual((await ask()).body.input, { tokens: 2_605, counted: 'estimated' })
  assert.ok(performance.now() - started < 20_000)
  server.closeAllConnections()
})

test('the price of going back leaves out what the conversation goes back before', async () => {
  const ada = await stage.person()
  const run = await stage.start(ada)
  const { projectId, id } = run
  assert.equal((await run.runner.post(`${run.reports}/end`, { ...success, answer: 'word '.repeat(4_000) })).status, 200)
  const onward = (await quote(ada, projectId)).body
  const back = (await quote(ada, projectId, { retryOf: id })).body
  assert.ok(onward.input.tokens > back.input.tokens + 4_000, `${onward.input.tokens} ${back.input.tokens}`)
  assert.ok(back.usuallyMicros < onward.usuallyMicros)
})

test('nothing is left behind', () => world.settled())
