import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { after, beforeEach, test } from 'node:test'
import { RunJob } from '../../lib/contract/run.ts'
import type { ModelUpstream } from '../../lib/ports/model-upstream.ts'
import type { JobId } from '../../lib/contract/ids.ts'
import { accountOf, mistakes, openStage, success, type StartedRun } from './stage.ts'

/** A model whose every reply costs 700 micros. */
const upstream: ModelUpstream = {
  ask: () =>
    Promise.resolve({
      status: 200,
      contentType: 'text/event-stream',
      requestId: null,
      retryAfter: null,
      texts: Readable.from(['data: {}']),
      complete: () => true,
      usage: () => ({ input_tokens: 100, output_tokens: 50 }),
    }),
}
const stage = await openStage({ after }, { upstream })
const { world, provider } = stage
let ada = await stage.person()
beforeEach(async () => {
  ada = await stage.person()
  provider.trouble.failing = false
  provider.trouble.before = undefined
})

const boxOf = (projectId: string) => provider.boxes.get(`p-${projectId}`)
const jobOf = (projectId: string, name: string) =>
  RunJob.parse(JSON.parse(boxOf(projectId)?.files.get(`/root/job-${name}.json`) ?? 'null'))

/** As if the runner had been silent for longer than its lease. */
const goSilent = ({ id }: StartedRun) =>
  world.sql`update everjust.generations set lease_until = now() - interval '1 second' where id = ${id}`

test('a run is launched with everything its runner needs', async () => {
  const run = await stage.start(ada)
  const { projectId, id } = run
  const box = boxOf(projectId)
  assert.deepEqual(box?.plan, {
    name: `p-${projectId}`,
    snapshot: 'everjust',
    labels: { app: 'everjust', project: projectId },
    allowedHosts: ['localhost:4700'],
    idleMinutes: 45,
    resources: null,
  })
  const file = `/root/job-${id}-1.json`
  assert.deepEqual(
    [...(box?.sessions ?? [])].map(([name, { command }]) => [name, command]),
    [[`run-${id}-1`, `chmod 600 ${file} && /opt/everjust/node/bin/node /opt/everjust/bin/runner.js ${file}`]],
  )
  const job = jobOf(projectId, `${id}-1`)
  assert.deepEqual(
    [job.mode, job.template, job.api, job.base, job.generation?.attempt, job.generation?.conversation],
    ['generate', 'react', 'http://localhost:4700', null, 1, []],
  )
  assert.deepEqual(job.generation?.limits, { steps: 10, seconds: 300, repairs: 3, context: 150_000 })
  assert.equal(job.live.audience, projectId)
  assert.equal('d' in job.live.key, false)
  const runner = world.withToken(job.token)
  assert.equal((await runner.post(`${run.reports}/events`, { attempt: 1, events: [] })).status, 200)

  const sandbox = (await ada.get(`/projects/${projectId}/sandbox`)).body
  assert.equal(sandbox.state, 'started')
  assert.match(sandbox.preview.url, /^http:\/\/5173-/)
  const { transports } = (await ada.post(`/projects/${projectId}/live`)).body
  assert.deepEqual(
    transports.map(({ kind }: { kind: string }) => kind),
    ['ws', 'poll'],
  )
  assert.match(transports[0].url, /^ws:\/\/8787-/)
  assert.equal((await run.runner.post(`${run.reports}/end`, success)).status, 200)
})

test('the next run is told what was said, and keeps the address of the preview', async () => {
  const first = await stage.start(ada)
  await first.runner.post(`${first.reports}/end`, success)
  const before = (await ada.get(`/projects/${first.projectId}/sandbox`)).body.preview.url
  const { body } = await ada.post(`/projects/${first.projectId}/generate`, { prompt: 'darker' })
  await stage.drain()
  const job = jobOf(first.projectId, `${body.id}-1`)
  assert.deepEqual(job.generation?.conversation, [{ id: first.id, prompt: 'a habit tracker', answer: 'Done.' }])
  assert.equal((await ada.get(`/projects/${first.projectId}/sandbox`)).body.preview.url, before)
  await ada.post(`/projects/${first.projectId}/generations/${body.id}/cancel`)
  await stage.drain()
})

test('a silent runner is given up and the run goes on with the next attempt', async () => {
  const run = await stage.start(ada)
  await stage.minute()
  assert.deepEqual(await stage.drain(), [])
  await goSilent(run)
  await Promise.all([stage.minute(), stage.minute()])
  await stage.drain()
  assert.equal((await ada.get(run.path)).body.attempt, 2)
  assert.deepEqual([...(boxOf(run.projectId)?.sessions.keys() ?? [])], [`run-${run.id}-2`])
  assert.equal((await run.runner.post(`${run.reports}/events`, { attempt: 1, events: [] })).body.code, 'run_over')
  assert.equal((await run.runner.post(`${run.reports}/end`, success)).body.code, 'run_over')
  const second = await world.asRun({ projectId: run.projectId, generationId: run.id, attempt: 2 })
  assert.equal((await second.post(`${run.reports}/end`, { ...success, attempt: 2 })).body.state, 'succeeded')
})

test('a sandbox that vanished under a run is made anew', async () => {
  const run = await stage.start(ada)
  const before = boxOf(run.projectId)?.id
  provider.boxes.delete(`p-${run.projectId}`)
  await goSilent(run)
  await stage.minute()
  await stage.drain()
  assert.notEqual(boxOf(run.projectId)?.id, before)
  assert.equal((await ada.get(run.path)).body.attempt, 2)
  await ada.post(`${run.path}/cancel`)
  await stage.drain()
})

test('after three silent attempts the run fails, costs nothing, and frees its project', async () => {
  const run = await stage.start(ada)
  for (let n = 0; n < 3; n++) {
    await goSilent(run)
    await stage.minute()
    await stage.drain()
  }
  const { body } = await ada.get(run.path)
  assert.deepEqual([body.state, body.attempt, body.failure.code, body.cost.micros], ['failed', 3, 'sandbox_lost', 0])
  assert.match(body.failure.kept, /as it was before/)
  assert.deepEqual(await accountOf(world, run.id), { generations: 'released 0', micros: 'released 0' })
  assert.deepEqual([...(boxOf(run.projectId)?.sessions.keys() ?? [])], [])
  assert.deepEqual(await mistakes(world), [])
})

test('a provider that fails is tried three times, then the run fails', async () => {
  provider.trouble.failing = true
  const run = await stage.start(ada)
  assert.equal((await ada.get(run.path)).body.state, 'running')
  for (let n = 0; n < 2; n++) {
    await world.sql`update everjust.jobs set run_at = now() where state = 'queued'`
    await stage.minute()
    await stage.drain()
  }
  provider.trouble.failing = false
  await stage.drain()
  const { body } = await ada.get(run.path)
  assert.deepEqual([body.state, body.failure.code], ['failed', 'sandbox_lost'])
  assert.deepEqual(await accountOf(world, run.id), { generations: 'released 0', micros: 'released 0' })
})

test('a run cancelled while it is launched has its runner ended', async () => {
  const projectId = await stage.project(ada)
  const { body } = await ada.post(`/projects/${projectId}/generate`, { prompt: 'x' })
  provider.trouble.before = async (method) => {
    if (method !== 'start') return
    provider.trouble.before = undefined
    await ada.post(`/projects/${projectId}/generations/${body.id}/cancel`)
  }
  await stage.drain()
  assert.deepEqual([...(boxOf(projectId)?.sessions.keys() ?? [])], [])
  assert.equal((await ada.get(`/projects/${projectId}/generations/${body.id}`)).body.state, 'cancelled')
  assert.deepEqual(await mistakes(world), [])
})

test('a worker killed between two steps is made good by the schedule', async () => {
  const projectId = await stage.project(ada)
  const { body } = await ada.post(`/projects/${projectId}/generate`, { prompt: 'x' })
  // A killed worker has taken the job and claimed the attempt, and writes nothing more.
  let killed = false
  provider.trouble.before = (method) => {
    if (method !== 'writeFile' || killed) return Promise.resolve()
    killed = true
    return new Promise(() => {})
  }
  const [wake] = world.wakes.splice(0)
  void stage.work('start-generation', wake?.jobId as JobId)
  while (!killed) await new Promise((resolve) => setTimeout(resolve, 10))
  await world.sql`update everjust.jobs set lease_until = now() - interval '1 second' where state = 'taken'`
  await world.sql`update everjust.generations set lease_until = now() - interval '1 second' where id = ${body.id}`
  await stage.minute()
  await stage.drain()
  const run = (await ada.get(`/projects/${projectId}/generations/${body.id}`)).body
  assert.deepEqual([run.state, run.attempt], ['running', 2])
  await ada.post(`/projects/${projectId}/generations/${body.id}/cancel`)
  await stage.drain()
})

test('a run whose wake-up was lost is started by the schedule', async () => {
  const projectId = await stage.project(ada)
  const { body } = await ada.post(`/projects/${projectId}/generate`, { prompt: 'x' })
  world.wakes.splice(0)
  await stage.minute()
  await stage.drain()
  assert.equal((await ada.get(`/projects/${projectId}/generations/${body.id}`)).body.state, 'running')
  await world.sql`update everjust.generations set deadline = now() - interval '1 second' where id = ${body.id}`
  await stage.minute()
  await stage.drain()
  const late = (await ada.get(`/projects/${projectId}/generations/${body.id}`)).body
  assert.deepEqual([late.state, late.failure.code], ['failed', 'out_of_time'])
})

test('a job that is done, taken or unknown is not done again', async () => {
  const projectId = await stage.project(ada)
  const { body } = await ada.post(`/projects/${projectId}/generate`, { prompt: 'x' })
  const jobId = world.wakes[0]?.jobId as JobId
  await Promise.all([stage.work('start-generation', jobId), stage.work('start-generation', jobId)])
  await stage.drain()
  await stage.work('start-generation', 'job_00000000000000000000')
  assert.equal((await ada.get(`/projects/${projectId}/generations/${body.id}`)).body.attempt, 1)
  await ada.post(`/projects/${projectId}/generations/${body.id}/cancel`)
  await stage.drain()
})

test('whatever happens in whatever order, the books are right', async () => {
  const random = seeded(20261122)
  const runs: StartedRun[] = []
  for (let n = 0; n < 60; n++) {
    const move = Math.floor(random() * 8)
    const run = runs[Math.floor(random() * runs.length)]
    if (move === 0 || !run) runs.push(await stage.start(await stage.person()))
    else if (move === 1) await ended(run, random)
    else if (move === 2) await world.sql`delete from everjust.jobs where state = 'queued' and random() < 0.5`
    else if (move === 3) await goSilent(run)
    else if (move === 4) await stage.minute()
    else if (move === 5) await run.owner.post(`${run.path}/cancel`)
    else await run.runner.post('/models/calls', question)
    if (random() < 0.5) await stage.drain()
    assert.deepEqual(await mistakes(world), [], `after move ${n}`)
  }
  await world.sql`update everjust.generations set deadline = now() - interval '1 second' where state = 'running'`
  await world.sql`update everjust.model_calls set created_at = now() - interval '17 minutes' where state = 'held'`
  await stage.minute()
  await stage.drain()
  const [spent] = await world.sql`select sum(used) as used from everjust.quotas where metric = 'micros'`
  assert.ok(Number(spent?.['used']) >= 700)
  assert.deepEqual(await mistakes(world), [])
  const [left] = await world.sql`select sum(reserved) as reserved from everjust.quotas`
  assert.equal(Number(left?.['reserved']), 0)
})

const question = {
  body: { model: 'scripted-1', max_tokens: 1_000, messages: [] },
  headers: { 'anthropic-version': '2026-10-21' },
}

async function ended(run: StartedRun, random: () => number) {
  const attempt = 1 + Math.floor(random() * 3)
  const runner = await world.asRun({ projectId: run.projectId, generationId: run.id, attempt })
  const failures = [null, 'checks_failed', 'platform_fault'] as const
  const failure = failures[Math.floor(random() * 3)] ?? null
  const outcome = failure ? 'failed' : 'succeeded'
  await Promise.all([1, 2].map(() => runner.post(`${run.reports}/end`, { ...success, attempt, outcome, failure })))
}

/** Numbers that are the same in every run (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

test('nothing is left behind', () => world.settled())
