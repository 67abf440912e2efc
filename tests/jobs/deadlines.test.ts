import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { JobId } from '../../lib/contract/ids.ts'
import { deadlines } from '../../lib/domain/deadlines.ts'
import { mistakes, openStage, success, type StartedRun } from './stage.ts'

const stage = await openStage({ after }, { mostAtOnce: 1 })
const { world } = stage

/** As if so many seconds had passed for everything there is. */
async function later(seconds: number): Promise<void> {
  const by = world.sql`make_interval(secs => ${seconds})`
  await world.sql`
    update everjust.generations set created_at = created_at - ${by}, turn_at = turn_at - ${by},
      lease_until = lease_until - ${by}, deadline = deadline - ${by} where state in ('queued', 'running')`
  await world.sql`update everjust.model_calls set created_at = created_at - ${by} where state = 'held'`
  await world.sql`update everjust.improvements set created_at = created_at - ${by} where state = 'asked'`
  await world.sql`update everjust.queued_messages set created_at = created_at - ${by}`
  await world.sql`update everjust.sandboxes set updated_at = updated_at - ${by}`
  await world.sql`
    update everjust.jobs set lease_until = lease_until - ${by}, run_at = run_at - ${by} where state in ('queued', 'taken')`
}

const stateOf = async ({ owner, path }: Pick<StartedRun, 'owner' | 'path'>) => {
  const { body } = await owner.get(path)
  return [body.state, body.failure?.code ?? null, body.attempt]
}

/** Waits almost until the deadline, in which nothing may happen, then past it; the schedule runs each time. */
async function pass(
  name: keyof typeof deadlines,
  look: () => Promise<unknown>,
): Promise<{ before: unknown; after: unknown }> {
  const { seconds } = deadlines[name]
  await later(Math.max(0, seconds - 10))
  await stage.minute()
  const before = await look()
  await later(20)
  await stage.minute()
  return { before, after: await look() }
}

async function asked() {
  const owner = await stage.person()
  const projectId = await stage.project(owner)
  const { body } = await owner.post(`/projects/${projectId}/generate`, { prompt: 'x' })
  return { owner, projectId, id: body.id, path: `/projects/${projectId}/generations/${body.id}` }
}

/** A run whose runner was heard of once: it has the lease of a running one. */
async function heard(): Promise<StartedRun> {
  const run = await stage.start(await stage.person())
  await run.runner.post(`${run.reports}/events`, { attempt: 1, events: [] })
  return run
}

/** Whether somebody was asked to start a run. */
const started = () => Promise.resolve(world.wakes.some(({ kind }) => kind === 'start-generation'))

const end = async (run: Pick<StartedRun, 'owner' | 'path'>) => {
  await run.owner.post(`${run.path}/cancel`)
  await stage.drain()
}

const question = {
  body: { model: 'scripted-1', max_tokens: 1_000, messages: [] },
  headers: { 'anthropic-version': '2026-10-21' },
}

/** How each state is come by, and what is seen when its time is up. A state without a row here fails. */
const ways: Record<keyof typeof deadlines, () => Promise<void>> = {
  async startLost() {
    const run = await asked()
    world.wakes.splice(0)
    await world.sql`delete from everjust.jobs`
    await stage.minute()
    assert.deepEqual(world.wakes, [])
    assert.deepEqual(await pass('startLost', started), { before: false, after: true })
    await stage.drain()
    assert.deepEqual(await stateOf(run), ['running', null, 1])
    await end(run)
  },
  async startImpossible() {
    const run = await asked()
    world.wakes.splice(0)
    const tries = async () => {
      world.wakes.splice(0)
      await world.sql`delete from everjust.jobs`
      return stateOf(run)
    }
    const seen = await pass('startImpossible', tries)
    assert.deepEqual(seen, { before: ['queued', null, 0], after: ['failed', 'platform_fault', 0] })
  },
  async turn() {
    const running = await heard()
    const run = await asked()
    await stage.drain()
    assert.deepEqual((await run.owner.get(run.path)).body.place, 0)
    const look = async () => {
      await running.runner.post(`${running.reports}/events`, { attempt: 1, events: [] })
      return stateOf(run)
    }
    const keep = () => world.sql`
      update everjust.generations set deadline = now() + interval '1 hour', lease_until = now() + interval '1 hour'
      where id = ${running.id}`
    const { seconds } = deadlines.turn
    await later(seconds - 10)
    await keep()
    await stage.minute()
    assert.deepEqual(await look(), ['queued', null, 0])
    await later(20)
    await keep()
    await stage.minute()
    assert.deepEqual(await look(), ['failed', 'platform_fault', 0])
    await end(running)
  },
  async starting() {
    const run = await asked()
    // Its worker was killed when it had claimed the attempt.
    const [wake] = world.wakes.splice(0)
    await new Promise<void>((killed) => {
      stage.provider.trouble.before = () => new Promise(() => killed())
      void stage.work('start-generation', wake?.jobId as JobId)
    })
    stage.provider.trouble.before = undefined
    await world.sql`update everjust.jobs set state = 'done' where id = ${wake?.jobId ?? ''}`
    assert.deepEqual(await pass('starting', started), { before: false, after: true })
    await end(run)
  },
  async silent() {
    const run = await heard()
    assert.deepEqual(await pass('silent', started), { before: false, after: true })
    await end(run)
  },
  async tooLong() {
    const run = await heard()
    const look = async () => {
      await run.runner.post(`${run.reports}/events`, { attempt: 1, events: [] })
      return stateOf(run)
    }
    await later(deadlines.tooLong.seconds - 30)
    await world.sql`update everjust.generations set lease_until = now() + interval '1 minute' where id = ${run.id}`
    await stage.minute()
    assert.deepEqual(await look(), ['running', null, 1])
    await later(60)
    await stage.minute()
    assert.deepEqual(await stateOf(run), ['failed', 'out_of_time', 1])
    await stage.drain()
  },
  async callHeld() {
    const run = await heard()
    assert.equal((await run.runner.post('/models/calls', question)).status, 202)
    await run.runner.post(`${run.reports}/end`, success)
    world.wakes.splice(0)
    await world.sql`delete from everjust.jobs`
    const held = async () => (await world.sql`select id from everjust.model_calls where state = 'held'`).length
    assert.deepEqual(await pass('callHeld', held), { before: 1, after: 0 })
  },
  async improving() {
    const owner = await stage.person()
    await owner.post(`/conversations/${await stage.project(owner)}/improve?wait=0`, { prompt: 'x' })
    await world.sql`delete from everjust.jobs`
    const setAside = async () => (await owner.get('/user/usage')).body.spend.reservedMicros > 0
    assert.deepEqual(await pass('improving', setAside), { before: true, after: false })
  },
  async jobTaken() {
    const run = await asked()
    const [wake] = world.wakes.splice(0)
    await world.sql`
      update everjust.jobs set state = 'taken', fence = 1, tries = 1,
        lease_until = now() + make_interval(secs => ${deadlines.jobTaken.seconds}) where id = ${wake?.jobId ?? ''}`
    const woken = () => Promise.resolve(world.wakes.some(({ jobId }) => jobId === wake?.jobId))
    assert.deepEqual(await pass('jobTaken', woken), { before: false, after: true })
    await stage.drain()
    assert.deepEqual(await stateOf(run), ['running', null, 1])
    await end(run)
  },
  async jobQueued() {
    const run = await asked()
    const [wake] = world.wakes.splice(0)
    await stage.minute()
    assert.ok(world.wakes.some(({ jobId }) => jobId === wake?.jobId))
    await end(run)
  },
  async queueIdle() {
    const owner = await stage.person()
    const projectId = await stage.project(owner)
    await owner.post(`/conversations/${projectId}/queue`, { prompt: 'x' })
    const drop = async () => {
      const woken = world.wakes.splice(0).some(({ kind }) => kind === 'next-message')
      await world.sql`delete from everjust.jobs`
      return woken
    }
    await drop()
    assert.deepEqual(await pass('queueIdle', drop), { before: false, after: true })
    await stage.minute()
    await stage.drain()
    const [run] = (await owner.get(`/projects/${projectId}/generations`)).body.items
    assert.equal(run.prompt, 'x')
    await end({ owner, path: `/projects/${projectId}/generations/${run.id}` })
  },
  async sandboxUnderWay() {
    for (const [state, kind] of [
      ['starting', 'open-sandbox'],
      ['stopping', 'stop-sandbox'],
    ] as const) {
      const owner = await stage.person()
      const projectId = await stage.project(owner)
      await world.sql`insert into everjust.sandboxes (project_id, state) values (${projectId}, ${state})`
      const again = () => Promise.resolve(world.wakes.some((wake) => wake.kind === kind))
      assert.deepEqual(await pass('sandboxUnderWay', again), { before: false, after: true })
      world.wakes.splice(0)
      await world.sql`delete from everjust.jobs`
    }
  },
}

for (const [name, { state, wayOut }] of Object.entries(deadlines)) {
  test(`${name}: ${state} ${wayOut}`, async () => {
    await ways[name as keyof typeof deadlines]()
    await stage.drain()
    assert.deepEqual(await mistakes(world), [])
  })
}

test('nothing is left behind', () => world.settled())
