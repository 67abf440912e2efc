import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { after, beforeEach, test } from 'node:test'
import type { FailureCode } from '../../lib/contract/generation.ts'
import type { ModelUpstream } from '../../lib/ports/model-upstream.ts'
import { seeded } from '../faults/random.ts'
import { accountOf, mistakes, openStage, success, type StartedRun } from './stage.ts'

const usage = { input_tokens: 100, output_tokens: 50 }
const model = { usage: { ...usage }, asked: [] as Record<string, unknown>[], silent: false }

/** A model whose every reply costs 700 micros, unless a test says otherwise. */
const upstream: ModelUpstream = {
  ask(body) {
    model.asked.push(body)
    if (model.silent) return Promise.reject(new Error('nobody there'))
    const used = { ...model.usage }
    return Promise.resolve({
      status: 200,
      contentType: 'text/event-stream',
      requestId: null,
      retryAfter: null,
      texts: Readable.from(['data: {}']),
      complete: () => true,
      usage: () => used,
    })
  },
}
const stage = await openStage({ after }, { upstream })
const { world } = stage
let ada = await stage.person()
beforeEach(async () => {
  ada = await stage.person()
  Object.assign(model, { usage: { ...usage }, asked: [], silent: false })
})

const ask = (run: StartedRun, purpose = 'work', maxTokens = 1_000) =>
  run.runner.post('/models/calls', {
    body: { model: 'scripted-1', max_tokens: maxTokens, messages: [] },
    purpose,
    headers: { 'anthropic-version': '2026-10-21' },
  })

/** Asks and lets the reply come. */
async function hears(run: StartedRun, purpose?: string, maxTokens?: number): Promise<void> {
  const { status, body } = await ask(run, purpose, maxTokens)
  assert.equal(status, 202, JSON.stringify(body))
  await stage.drain()
}

const fails = (run: StartedRun, failure: FailureCode) =>
  run.runner.post(`${run.reports}/end`, { ...success, outcome: 'failed', failure })

test('what repairs cost returns when the same error came back', async () => {
  const run = await stage.start(ada)
  for (const purpose of ['work', 'work', 'repair', 'repair', 'repair']) await hears(run, purpose)
  const { body } = await fails(run, 'same_error')
  assert.deepEqual([body.returnedMicros, body.cost.micros], [2_100, 1_400])
  assert.deepEqual(await accountOf(world, run.id), { generations: 'settled 1', micros: 'settled 1400' })
  const [failed] = await world.sql`
    select data from everjust.events where project_id = ${run.projectId} and type = 'project:generation:failed'`
  assert.deepEqual([failed?.['data'].returnedMicros, failed?.['data'].cost.micros], [2_100, 1_400])
  assert.deepEqual(await mistakes(world), [])
  await stage.drain()
})

test('a repair whose reply comes after the end is returned too, and other late work is paid', async () => {
  const run = await stage.start(ada)
  await hears(run, 'repair')
  await ask(run, 'repair')
  await ask(run, 'work')
  await fails(run, 'same_error')
  await world.sql`update everjust.model_calls set usage = ${world.sql.json(usage)} where state = 'held'`
  await world.sql`update everjust.jobs set tries = 1 where kind = 'relay-model' and state = 'queued'`
  await stage.drain()
  const { body } = await ada.get(run.path)
  assert.deepEqual([body.returnedMicros, body.cost.micros], [1_400, 700])
  assert.deepEqual(await accountOf(world, run.id), { generations: 'settled 1', micros: 'settled 700' })
  assert.deepEqual(await mistakes(world), [])
})

test('a run for which no model answered costs nothing', async () => {
  const run = await stage.start(ada)
  await hears(run)
  const { body } = await fails(run, 'model_unavailable')
  assert.equal(body.cost.micros, 0)
  assert.deepEqual(await accountOf(world, run.id), { generations: 'released 0', micros: 'released 0' })
  assert.deepEqual(await mistakes(world), [])
  await stage.drain()
})

test('an overrun is ours: nothing above the cap is charged', async () => {
  const run = await stage.start(ada)
  model.usage = { input_tokens: 400_000, output_tokens: 50 }
  await hears(run)
  const { body } = await run.runner.post(`${run.reports}/end`, success)
  assert.deepEqual([body.cost.micros, body.cost.atMostMicros], [500_000, 500_000])
  const [call] = await world.sql`
    select spent_micros::int as spent, charged_micros::int as charged from everjust.model_calls where generation_id = ${run.id}`
  assert.deepEqual(call, { spent: 800_500, charged: 500_000 })
  assert.deepEqual(await accountOf(world, run.id), { generations: 'settled 1', micros: 'settled 500000' })
  assert.deepEqual(await mistakes(world), [])
})

test('a reply is as long as what is left allows, and with too little left none is asked for', async () => {
  const run = await stage.start(ada)
  await hears(run, 'work', 16_000)
  assert.equal(model.asked.at(-1)?.['max_tokens'], 16_000)
  model.usage = { input_tokens: 0, output_tokens: 42_000 }
  await hears(run, 'work', 16_000)
  model.usage = { ...usage }
  await hears(run, 'work', 16_000)
  const shorter = Number(model.asked.at(-1)?.['max_tokens'])
  assert.ok(shorter >= 7_000 && shorter < 8_000, `${shorter} tokens`)
  model.usage = { input_tokens: 0, output_tokens: 7_000 }
  await hears(run, 'work', 16_000)
  const refused = await ask(run, 'work', 16_000)
  assert.deepEqual([refused.status, refused.headers['x-should-retry']], [402, 'false'])
  await run.runner.post(`${run.reports}/end`, success)
  assert.deepEqual(await mistakes(world), [])
})

test('how full the window was at the last reply is told with the cost, and a summary does not count', async () => {
  const run = await stage.start(ada)
  assert.equal((await ada.get(run.path)).body.context, null)
  model.usage = { input_tokens: 1_000, output_tokens: 200 }
  await hears(run)
  model.usage = { input_tokens: 90_000, output_tokens: 2_000 }
  await hears(run, 'compaction')
  assert.deepEqual((await ada.get(run.path)).body.context, { tokens: 1_200, window: 200_000 })
  const told = await world.sql`
    select data->'context'->>'tokens' as tokens from everjust.events
    where project_id = ${run.projectId} and type = 'cost:updated' order by seq`
  assert.deepEqual(
    told.map(({ tokens }) => tokens),
    ['1200', '1200'],
  )
  await run.runner.post(`${run.reports}/end`, success)
})

test('what an organization pays by its own key is shown, and neither set aside nor charged', async () => {
  const run = await stage.start(ada)
  await run.runner.post(`${run.reports}/end`, success)
  await world.sql`update everjust.generations set own_key = true where id = ${run.id}`
  const before = (await ada.get('/user/usage')).body.spend
  const own = await stage.start(ada)
  await world.sql`update everjust.generations set own_key = true where id = ${own.id}`
  await world.sql`update everjust.ledger set reserved = 0 where generation_id = ${own.id} and metric = 'micros'`
  await world.sql`update everjust.quotas set reserved = 0 where organization_id = ${ada.organizationId} and metric = 'micros'`
  await world.sql`update everjust.person_spending set reserved = 0 where user_id = ${ada.id}`
  await world.sql`update everjust.project_spending set reserved = 0 where project_id = ${own.projectId}`
  const [call] = [await ask(own)]
  assert.equal(call.status, 202)
  await world.sql`update everjust.model_calls set usage = ${world.sql.json(usage)} where state = 'held'`
  await world.sql`update everjust.jobs set tries = 1 where kind = 'relay-model' and state = 'queued'`
  await stage.drain()
  const { body } = await own.runner.post(`${own.reports}/end`, success)
  assert.deepEqual([body.ownKey, body.cost.micros], [true, 700])
  assert.deepEqual((await ada.get('/user/usage')).body.spend, before)
  assert.deepEqual(await mistakes(world), [])
})

test('calls, ends and late replies in any order leave ledger, quotas and sums of calls without a difference', async () => {
  const seed = Date.now() % 1_000_000
  const { below, pick, chance } = seeded(seed)
  const runs: StartedRun[] = []
  for (let n = 0; n < 40; n += 1) {
    model.usage = { input_tokens: below(60_000), output_tokens: below(20_000) }
    const move = below(6)
    const run = runs[below(runs.length)]
    if (move === 0 || !run) runs.push(await stage.start(ada))
    else if (move === 1) await fails(run, pick(['same_error', 'checks_failed', 'platform_fault', 'model_unavailable']))
    else if (move === 2) await run.runner.post(`${run.reports}/end`, success)
    else if (move === 3) await ada.post(`${run.path}/cancel`)
    else await Promise.all([ask(run, pick(['work', 'repair', 'compaction']), 4_000), ask(run, 'repair', 4_000)])
    if (chance(0.4)) await stage.drain()
    assert.deepEqual(await mistakes(world), [], `after move ${n} of seed ${seed}`)
  }
  for (const run of runs) await ada.post(`${run.path}/cancel`)
  await stage.drain()
  assert.deepEqual(await mistakes(world), [], `at the end of seed ${seed}`)
  const [left] = await world.sql`
    select (select sum(reserved) from everjust.quotas)::int as quotas,
      (select sum(reserved) from everjust.person_spending)::int as persons,
      (select sum(held_micros) from everjust.generations)::int as held`
  assert.deepEqual(left, { quotas: 0, persons: 0, held: 0 }, `at the end of seed ${seed}`)
})

test('nothing is left behind', () => world.settled())
