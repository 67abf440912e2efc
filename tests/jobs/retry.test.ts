import assert from 'node:assert/strict'
import { after, beforeEach, test } from 'node:test'
import type { GenerationId, ProjectId } from '../../lib/contract/ids.ts'
import { RunJob } from '../../lib/contract/run.ts'
import type { SignedIn } from '../world.ts'
import { save } from '../world/files.ts'
import { mistakes, openStage, success } from './stage.ts'

const stage = await openStage({ after })
const { world, provider } = stage
let ada = await stage.person()
beforeEach(async () => {
  ada = await stage.person()
})

interface Ran {
  id: GenerationId
  versionId: string
}

/** A run that saves one file and ends well. */
async function ran(caller: SignedIn, projectId: ProjectId, prompt: string): Promise<Ran> {
  const { status, body } = await caller.post(`/projects/${projectId}/generate`, { prompt })
  assert.equal(status, 202, JSON.stringify(body))
  await stage.drain()
  return { id: body.id, versionId: await finish(projectId, body.id, prompt) }
}

async function finish(projectId: ProjectId, id: GenerationId, text: string): Promise<string> {
  const runner = await world.asRun({ projectId, generationId: id, attempt: 1 })
  const { body: run } = await ada.get(`/projects/${projectId}/generations/${id}`)
  const version = await save(runner, projectId, { parentId: run.baseVersionId, contents: { 'a.txt': text } })
  const end = await runner.post(`/runs/${projectId}/${id}/end`, { ...success, versionId: version.id })
  assert.equal(end.status, 200, JSON.stringify(end.body))
  await stage.drain()
  return version.id
}

const retry = (caller: SignedIn, projectId: ProjectId, body: object) =>
  caller.post(`/conversations/${projectId}/retry`, body)

const jobOf = (projectId: ProjectId, id: GenerationId) =>
  RunJob.parse(JSON.parse(provider.boxes.get(`p-${projectId}`)?.files.get(`/root/job-${id}-1.json`) ?? 'null'))

const find = async (projectId: ProjectId, id: string) =>
  (await ada.get(`/projects/${projectId}/generations/${id}`)).body

async function three() {
  const projectId = await stage.project(ada)
  const first = await ran(ada, projectId, 'one')
  const second = await ran(ada, projectId, 'two')
  const third = await ran(ada, projectId, 'three')
  return { projectId, first, second, third }
}

test('going back restores code and conversation to before the request, as a new version', async () => {
  const { projectId, first, second, third } = await three()
  const { status, body } = await retry(ada, projectId, { generationId: second.id, prompt: 'two, but better' })
  assert.equal(status, 202, JSON.stringify(body))
  assert.deepEqual([body.prompt, body.retryOf, body.state], ['two, but better', second.id, 'queued'])
  await stage.drain()

  const { items } = (await ada.get(`/projects/${projectId}/versions`)).body
  assert.deepEqual(
    items.map(({ number, source, restoredFrom }: { number: number; source: string; restoredFrom: string | null }) => [
      number,
      source,
      restoredFrom,
    ]),
    [
      [4, 'restore', first.versionId],
      [3, 'generation', null],
      [2, 'generation', null],
      [1, 'generation', null],
    ],
  )
  const states = [first, second, third].map(async ({ id }) => (await find(projectId, id)).superseded)
  assert.deepEqual(await Promise.all(states), [false, true, true])
  const job = jobOf(projectId, body.id)
  assert.equal(job.base?.versionId, items[0].id)
  assert.deepEqual(
    job.generation?.conversation.map(({ prompt }) => prompt),
    ['one'],
  )
  await finish(projectId, body.id, 'two, but better')
})

test('the first request is asked again on the bare template', async () => {
  const { projectId, first } = await three()
  const { status, body } = await retry(ada, projectId, { generationId: first.id })
  assert.deepEqual([status, body.prompt], [202, 'one'])
  await stage.drain()
  const job = jobOf(projectId, body.id)
  assert.deepEqual([job.base, job.generation?.conversation], [null, []])
  assert.equal((await ada.get(`/projects/${projectId}/versions`)).body.items.length, 3)
  await finish(projectId, body.id, 'one again')
  const [latest] = (await ada.get(`/projects/${projectId}/versions`)).body.items
  assert.deepEqual([latest.number, latest.parentId], [4, null])
})

test('what a request pointed at is pointed at again', async () => {
  const projectId = await stage.project(ada)
  const error = { kind: 'error', source: 'console', message: 'x is undefined', detail: 'at main.ts:1' }
  const { body } = await ada.post(`/projects/${projectId}/generate`, {
    prompt: 'fix',
    attachments: [error],
    mode: 'plan',
  })
  await ada.post(`/projects/${projectId}/generations/${body.id}/cancel`)
  await stage.drain()
  const again = (await retry(ada, projectId, { generationId: body.id })).body
  assert.deepEqual([again.prompt, again.attachments, again.mode], ['fix', [error], 'plan'])
  await ada.post(`/projects/${projectId}/generations/${again.id}/cancel`)
  await stage.drain()
})

test('a request that failed without a version is asked again where it was', async () => {
  const projectId = await stage.project(ada)
  const first = await ran(ada, projectId, 'one')
  const { body: failed } = await ada.post(`/projects/${projectId}/generate`, { prompt: 'two' })
  await stage.drain()
  const runner = await world.asRun({ projectId, generationId: failed.id, attempt: 1 })
  const end = { ...success, outcome: 'failed', failure: 'model_refused' }
  await runner.post(`/runs/${projectId}/${failed.id}/end`, end)
  const { body } = await retry(ada, projectId, { generationId: failed.id })
  await stage.drain()
  assert.equal(jobOf(projectId, body.id).base?.versionId, first.versionId)
  assert.equal((await ada.get(`/projects/${projectId}/versions`)).body.items.length, 1)
  await finish(projectId, body.id, 'two')
})

test('asked twice it is done once, and what it superseded is not gone back to again', async () => {
  const { projectId, second, third } = await three()
  const once = await retry(ada, projectId, { generationId: second.id })
  const twice = await retry(ada, projectId, { generationId: second.id })
  assert.deepEqual([twice.status, twice.body.id], [202, once.body.id])
  await stage.drain()
  assert.equal((await retry(ada, projectId, { generationId: third.id })).body.code, 'generation_active')
  await finish(projectId, once.body.id, 'two')
  assert.equal((await retry(ada, projectId, { generationId: third.id })).body.code, 'conflict')
  assert.equal((await ada.get(`/projects/${projectId}/versions`)).body.items.length, 5)
})

test('pressed by two people at once, one goes back and nothing is half done', async () => {
  const { projectId, first, second } = await three()
  const answers = await Promise.all(
    [first, second, first, second].map(({ id }, n) => retry(ada, projectId, { generationId: id, prompt: `try ${n}` })),
  )
  assert.equal(answers.filter(({ status }) => status === 202).length, 1, JSON.stringify(answers))
  assert.ok(answers.every(({ status }) => status === 202 || status === 409))
  await stage.drain()
  const winner = answers.find(({ status }) => status === 202)?.body.id
  await finish(projectId, winner, 'done')
})

test('a run that is under way refuses it, and so does a month that is used up; nothing is changed then', async () => {
  const { projectId, second } = await three()
  const { body } = await ada.post(`/projects/${projectId}/generate`, { prompt: 'four' })
  assert.deepEqual((await retry(ada, projectId, { generationId: second.id })).body.code, 'generation_active')
  await stage.drain()
  await finish(projectId, body.id, 'four')
  await world.sql`update everjust.quotas set used = used + 50 where organization_id = ${ada.organizationId} and metric = 'generations'`
  const refused = await retry(ada, projectId, { generationId: second.id })
  await world.sql`update everjust.quotas set used = used - 50 where organization_id = ${ada.organizationId} and metric = 'generations'`
  assert.equal(refused.status, 402)
  assert.equal((await find(projectId, second.id)).superseded, false)
  assert.equal((await ada.get(`/projects/${projectId}/versions`)).body.items.length, 4)
})

test('what a stopped run had done is not put under the request that is asked again', async () => {
  const projectId = await stage.project(ada)
  const { body } = await ada.post(`/projects/${projectId}/generate`, { prompt: 'one' })
  await stage.drain()
  await ada.post(`/projects/${projectId}/generations/${body.id}/cancel`)
  const stops = world.wakes.splice(0)
  const { status, body: again } = await retry(ada, projectId, { generationId: body.id })
  assert.equal(status, 202)
  await stage.drain()
  world.wakes.push(...stops)
  await stage.drain()
  assert.equal(jobOf(projectId, again.id).base, null)
  await finish(projectId, again.id, 'one')
})

test('what is asked again stops at a limit of one’s own', async () => {
  const { projectId, third } = await three()
  const { status, body } = await retry(ada, projectId, { generationId: third.id, atMostMicros: 300_000 })
  assert.equal(status, 202, JSON.stringify(body))
  assert.equal(body.cost.atMostMicros, 300_000)
  await stage.drain()
  await finish(projectId, body.id, 'three, for less')
})

test('the books are right, and nothing is left behind', async () => {
  assert.deepEqual(await mistakes(world), [])
  await world.settled()
})
