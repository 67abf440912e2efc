import assert from 'node:assert/strict'
import { after, beforeEach, test } from 'node:test'
import type { GenerationId, JobId, ProjectId } from '../../lib/contract/ids.ts'
import type { Caller, SignedIn } from '../world.ts'
import { makeTeam } from '../world.ts'
import { mistakes, openStage, success } from './stage.ts'

const stage = await openStage({ after })
const { world } = stage
let ada = await stage.person()
beforeEach(async () => {
  ada = await stage.person()
})

const queueOf = (projectId: ProjectId) => `/conversations/${projectId}/queue`

async function write(caller: Caller, projectId: ProjectId, prompt: string): Promise<string> {
  const { status, body } = await caller.post(queueOf(projectId), { prompt })
  assert.equal(status, 201, JSON.stringify(body))
  return body.id as string
}

async function waiting(caller: Caller, projectId: ProjectId): Promise<string[]> {
  const { body } = await caller.get(queueOf(projectId))
  return body.items.map(({ prompt }: { prompt: string }) => prompt)
}

const pausedOf = async (caller: Caller, projectId: ProjectId) => (await caller.get(queueOf(projectId))).body.paused

interface Active {
  id: GenerationId
  prompt: string
  state: string
}

async function runsOf(caller: Caller, projectId: ProjectId): Promise<Active[]> {
  const { body } = await caller.get(`/projects/${projectId}/generations`)
  return body.items
}

async function active(caller: Caller, projectId: ProjectId): Promise<Active | undefined> {
  return (await runsOf(caller, projectId)).find(({ state }) => state === 'running' || state === 'queued')
}

/** Ends the run that is under way, as its runner would. */
async function end(caller: Caller, projectId: ProjectId, report: object = success): Promise<void> {
  const run = await active(caller, projectId)
  assert.ok(run, 'no run is under way')
  const runner = await world.asRun({ projectId, generationId: run.id, attempt: 1 })
  const { status, body } = await runner.post(`/runs/${projectId}/${run.id}/end`, report)
  assert.equal(status, 200, JSON.stringify(body))
}

/** Ends all runs of a project and what waits. */
async function quiet(caller: SignedIn, projectId: ProjectId): Promise<void> {
  const run = await active(caller, projectId)
  if (run) await caller.post(`/projects/${projectId}/generations/${run.id}/cancel`)
  for (const { id } of (await caller.get(queueOf(projectId))).body.items) {
    await caller.delete(`${queueOf(projectId)}/${id}`)
  }
  await stage.drain()
}

const changes = async (projectId: ProjectId) => {
  const rows = await world.sql<{ data: { waiting: number; paused: string | null } }[]>`
    select data from everjust.events where project_id = ${projectId} and type = 'queue:changed' order by seq`
  return rows.map(({ data }) => [data.waiting, data.paused])
}

const failure = { ...success, outcome: 'failed', failure: 'checks_failed' }

test('messages wait for the run before them and start by themselves, one after the other', async () => {
  const { projectId } = await stage.start(ada)
  await write(ada, projectId, 'second')
  await write(ada, projectId, 'third')
  await stage.drain()
  assert.deepEqual(await waiting(ada, projectId), ['second', 'third'])
  await end(ada, projectId)
  assert.deepEqual(await stage.drain(), ['next-message', 'start-generation'])
  assert.equal((await active(ada, projectId))?.prompt, 'second')
  assert.deepEqual(await waiting(ada, projectId), ['third'])
  await end(ada, projectId)
  await stage.drain()
  await end(ada, projectId)
  assert.deepEqual(await stage.drain(), [])
  const prompts = (await runsOf(ada, projectId)).map(({ prompt, state }) => [prompt, state])
  assert.deepEqual(prompts, [
    ['third', 'succeeded'],
    ['second', 'succeeded'],
    ['a habit tracker', 'succeeded'],
  ])
  assert.deepEqual(await changes(projectId), [
    [1, null],
    [2, null],
    [1, null],
    [0, null],
  ])
})

test('what a message asks for beside its words is asked for when it starts', async () => {
  const { projectId } = await stage.start(ada)
  const error = { kind: 'error', source: 'preview', message: 'x is not a function', detail: '' }
  await ada.post(queueOf(projectId), { prompt: 'plan it', mode: 'plan', attachments: [error] })
  await end(ada, projectId)
  await stage.drain()
  const [run] = (await ada.get(`/projects/${projectId}/generations`)).body.items
  assert.deepEqual([run.prompt, run.mode, run.attachments], ['plan it', 'plan', [error]])
  await quiet(ada, projectId)
})

test('a run that fails, is stopped or asks a question pauses what waits, and says why', async () => {
  const question = { text: 'Which colour?', choices: ['red', 'blue'] }
  const cases = [
    [(id: ProjectId) => end(ada, id, failure), 'The run before failed.'],
    [(id: ProjectId) => end(ada, id, { ...success, question }), 'A question waits for your answer.'],
    [cancelActive, 'The run before was stopped.'],
  ] as const
  for (const [finish, sentence] of cases) {
    const { projectId } = await stage.start(ada)
    await write(ada, projectId, 'next')
    await finish(projectId)
    await stage.drain()
    assert.equal(await active(ada, projectId), undefined)
    assert.equal(await pausedOf(ada, projectId), sentence)
    assert.deepEqual(await changes(projectId), [
      [1, null],
      [1, sentence],
    ])
    await quiet(ada, projectId)
  }
})

async function cancelActive(projectId: ProjectId): Promise<void> {
  const run = await active(ada, projectId)
  await ada.post(`/projects/${projectId}/generations/${run?.id}/cancel`)
}

test('what a run asks back is kept with it, and told when it ends', async () => {
  const { projectId, path } = await stage.start(ada)
  const question = { text: 'Which colour?', choices: ['red', 'blue'] }
  await end(ada, projectId, { ...success, question })
  assert.deepEqual((await ada.get(path)).body.question, question)
  const [told] = await world.sql`
    select data from everjust.events where project_id = ${projectId} and type = 'project:generation:complete'`
  assert.deepEqual(told?.['data'].question, question)
})

test('a paused queue goes on when it is told to', async () => {
  const { projectId } = await stage.start(ada)
  await write(ada, projectId, 'next')
  await end(ada, projectId, failure)
  await stage.drain()
  const { status, body } = await ada.put(queueOf(projectId), { resume: true })
  assert.deepEqual([status, body.paused], [200, null])
  await stage.drain()
  assert.equal((await active(ada, projectId))?.prompt, 'next')
  await quiet(ada, projectId)
})

test('an answer to a question lets what waits go on behind it', async () => {
  const { projectId } = await stage.start(ada)
  await write(ada, projectId, 'next')
  await end(ada, projectId, { ...success, question: { text: 'Which?', choices: [] } })
  await ada.post(`/projects/${projectId}/generate`, { prompt: 'red' })
  await stage.drain()
  assert.equal(await pausedOf(ada, projectId), null)
  await end(ada, projectId)
  await stage.drain()
  assert.equal((await active(ada, projectId))?.prompt, 'next')
  await quiet(ada, projectId)
})

test('what the month does not allow any more stays in the queue, which says so', async () => {
  const { projectId } = await stage.start(ada)
  await write(ada, projectId, 'one too many')
  const use = (n: number) => world.sql`update everjust.quotas set used = used + ${n}::int
    where organization_id = ${ada.organizationId} and metric = 'generations'`
  await use(49)
  await end(ada, projectId)
  await stage.drain()
  assert.equal(await active(ada, projectId), undefined)
  assert.match(await pausedOf(ada, projectId), /requests of this month are used up/)
  assert.deepEqual(await waiting(ada, projectId), ['one too many'])
  await use(-49)
  await quiet(ada, projectId)
})

test('who may not build here any more starts nothing from the queue', async () => {
  const bob = await stage.person()
  const team = await makeTeam(world, [
    { id: ada.id, role: 'owner' },
    { id: bob.id, role: 'editor' },
  ])
  const { body } = await ada.post('/projects', { name: 'Team', organizationId: team })
  const projectId = body.id as ProjectId
  await ada.post(`/projects/${projectId}/generate`, { prompt: 'x' })
  await stage.drain()
  await write(bob, projectId, "bob's")
  await world.sql`delete from everjust.memberships where user_id = ${bob.id} and organization_id = ${team}`
  await end(ada, projectId)
  await stage.drain()
  assert.equal(await active(ada, projectId), undefined)
  assert.equal(await pausedOf(ada, projectId), 'Who wrote the next message may not build here any more.')
  await quiet(ada, projectId)
})

test('who changes the words of another is who asks with them', async () => {
  const bob = await stage.person()
  const team = await makeTeam(world, [
    { id: ada.id, role: 'owner' },
    { id: bob.id, role: 'editor' },
  ])
  const { body } = await ada.post('/projects', { name: 'Team', organizationId: team })
  const projectId = body.id as ProjectId
  await ada.post(`/projects/${projectId}/generate`, { prompt: 'x' })
  await stage.drain()
  await write(ada, projectId, "ada's")
  const { items } = (await ada.get(`/conversations/${projectId}/queue`)).body
  await bob.put(`/conversations/${projectId}/queue/${items[0].id}`, { prompt: "bob's" })
  await end(ada, projectId)
  await stage.drain()
  const asked = await world.sql`
    select requested_by from everjust.generations where project_id = ${projectId} and prompt = ${"bob's"}`
  assert.deepEqual([...asked], [{ requested_by: bob.id }])
  await quiet(ada, projectId)
})

test('a job that is killed before it commits, or done twice at once, starts each message once', async () => {
  const { projectId } = await stage.start(ada)
  for (const prompt of ['one', 'two', 'three']) await write(ada, projectId, prompt)
  await end(ada, projectId)
  const [woken] = world.wakes.splice(0)
  assert.equal(woken?.kind, 'next-message')
  await killed(woken.jobId)
  assert.deepEqual(await waiting(ada, projectId), ['one', 'two', 'three'])
  assert.equal(await active(ada, projectId), undefined)

  await world.sql`insert into everjust.jobs (id, kind, project_id, payload)
    select 'job_twin' || n || left(${projectId.slice(4)}, 14), 'next-message', ${projectId}, '{}'
    from generate_series(1, 6) n`
  const twins = await world.sql<{ id: JobId }[]>`
    select id from everjust.jobs where project_id = ${projectId} and kind = 'next-message' and state in ('queued', 'taken')`
  await world.sql`update everjust.jobs set run_at = now() where id = ${woken.jobId}`
  await Promise.all(twins.map(({ id }) => stage.work('next-message', id)))
  await stage.drain()
  assert.deepEqual(await waiting(ada, projectId), ['two', 'three'])
  assert.equal((await active(ada, projectId))?.prompt, 'one')
  assert.equal((await runsOf(ada, projectId)).length, 2)
  await quiet(ada, projectId)
})

/** The job dies where it says that the queue has changed: the last thing it does before it commits. */
async function killed(jobId: JobId): Promise<void> {
  await world.sql`create function everjust.die() returns trigger language plpgsql as
    $$ begin raise exception 'killed'; end $$`
  await world.sql`create trigger die before delete on everjust.queued_messages for each row execute function everjust.die()`
  await stage.work('next-message', jobId)
  await world.sql`drop trigger die on everjust.queued_messages`
  await world.sql`drop function everjust.die`
  assert.equal(world.logs.pop()?.['level'], 'notice')
  const [told] = world.logs.splice(-1)
  assert.equal(told?.['level'], 'error')
}

test('a message that is removed while it starts is either removed or started, never both', async () => {
  const outcomes = new Set<string>()
  for (let round = 0; round < 6; round++) {
    const { projectId } = await stage.start(ada)
    const id = await write(ada, projectId, 'contested')
    await end(ada, projectId)
    const [removed] = await Promise.all([ada.delete(`${queueOf(projectId)}/${id}`), stage.drain()])
    await stage.drain()
    const started = (await runsOf(ada, projectId)).some(({ prompt }) => prompt === 'contested')
    assert.equal(removed.status === 204, !started, `${removed.status}`)
    assert.deepEqual(await waiting(ada, projectId), [])
    outcomes.add(started ? 'started' : 'removed')
    await quiet(ada, projectId)
  }
  assert.ok(outcomes.size > 0)
})

test('a message written just after the run before it ended starts at once', async () => {
  const { projectId } = await stage.start(ada)
  await end(ada, projectId)
  await write(ada, projectId, 'late')
  await stage.drain()
  assert.equal((await active(ada, projectId))?.prompt, 'late')
  await quiet(ada, projectId)
})

test('the books are right, and nothing is left behind', async () => {
  assert.deepEqual(await mistakes(world), [])
  await stage.drain()
  await world.settled()
})
