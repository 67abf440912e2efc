import assert from 'node:assert/strict'
import { after, beforeEach, test } from 'node:test'
import type { JobId } from '../../lib/contract/ids.ts'
import { RunJob } from '../../lib/contract/run.ts'
import type { FileEntry } from '../../lib/contract/version.ts'
import { entry, save, upload } from '../world/files.ts'
import { mistakes, openStage, type StartedRun } from './stage.ts'

const stage = await openStage({ after })
const { world, provider } = stage
let ada = await stage.person()
beforeEach(async () => {
  ada = await stage.person()
  provider.trouble.failing = false
})

const jobOf = ({ projectId, id }: StartedRun) =>
  RunJob.parse(JSON.parse(provider.boxes.get(`p-${projectId}`)?.files.get(`/root/job-${id}-1.json`) ?? 'null'))

/** The runner saves where it is, as it does after every step. */
async function keep(run: StartedRun, checkpoint: FileEntry[] | null): Promise<void> {
  const { put } = jobOf(run).generation?.transcript ?? { put: '' }
  const transcript = { history: [{ kind: 'asked', text: 'a habit tracker' }], checkpoint, seconds: 1, seen: [] }
  const stored = await fetch(put, { method: 'PUT', body: JSON.stringify(transcript) })
  assert.equal(stored.status, 200)
}

const contents = { 'index.html': '<h1>Half done</h1>', 'package.json': '{}' }

async function half(run: StartedRun): Promise<FileEntry[]> {
  const files = await upload(run.runner, run.projectId, contents)
  await keep(run, files)
  return files
}

const cancel = ({ owner, path }: StartedRun) => owner.post(`${path}/cancel`)

async function versionsOf({ owner, projectId }: StartedRun) {
  const { body } = await owner.get(`/projects/${projectId}/versions`)
  return body.items as { id: string; number: number; message: string; source: string; generationId: string }[]
}

const versionIdOf = async ({ owner, path }: StartedRun) => (await owner.get(path)).body.versionId

const created = ({ projectId }: StartedRun) =>
  world.sql`select data from everjust.events where project_id = ${projectId} and type = 'version:created'`

const stopJobs = async ({ projectId }: StartedRun): Promise<JobId[]> => {
  const rows = await world.sql<{ id: JobId }[]>`
    select id from everjust.jobs where project_id = ${projectId} and kind = 'stop-generation'`
  return rows.map(({ id }) => id)
}

test('what a stopped run had done becomes a version, and the sandbox is brought to it', async () => {
  const run = await stage.start(ada)
  const files = await half(run)
  const { status, body } = await cancel(run)
  assert.deepEqual([status, body.state, body.versionId], [200, 'cancelled', null])
  assert.deepEqual(await stage.drain(), ['stop-generation', 'open-sandbox'])
  const [version, ...others] = await versionsOf(run)
  assert.deepEqual(others, [])
  assert.deepEqual(
    [version?.number, version?.message, version?.source, version?.generationId],
    [1, 'Stopped: a habit tracker', 'generation', run.id],
  )
  assert.equal(await versionIdOf(run), version?.id)
  assert.equal((await created(run)).length, 1)
  const listed = await ada.get(`/projects/${run.projectId}/versions/${version?.id}/files`)
  assert.deepEqual(
    listed.body.items.map(({ sha256 }: FileEntry) => sha256),
    files.toSorted((a, b) => (a.path < b.path ? -1 : 1)).map(({ sha256 }) => sha256),
  )
  assert.equal((await ada.get(`/projects/${run.projectId}`)).body.currentVersionId, version?.id)
  assert.deepEqual([...(provider.boxes.get(`p-${run.projectId}`)?.sessions.keys() ?? [])], [])
})

test('what a run had done when its project was deleted is kept when it comes back', async () => {
  const run = await stage.start(ada)
  await half(run)
  await ada.delete(`/projects/${run.projectId}`)
  await stage.drain()
  assert.equal((await ada.post(`/library/deleted/${run.projectId}/undelete`)).status, 200)
  await stage.drain()
  const [version] = await versionsOf(run)
  assert.deepEqual([version?.number, version?.generationId], [1, run.id])
  assert.equal((await ada.get(`/projects/${run.projectId}`)).body.currentVersionId, version?.id)
})

test('it is kept even when the sandbox does not answer, and the session is ended later', async () => {
  const run = await stage.start(ada)
  await half(run)
  await cancel(run)
  provider.trouble.failing = true
  await stage.drain()
  assert.equal((await versionsOf(run)).length, 1)
  world.logs.splice(0)
  provider.trouble.failing = false
  await world.sql`update everjust.jobs set run_at = now() where project_id = ${run.projectId} and state = 'queued'`
  for (const id of await stopJobs(run)) await stage.work('stop-generation', id)
  await stage.drain()
  assert.equal((await versionsOf(run)).length, 1)
  assert.deepEqual([...(provider.boxes.get(`p-${run.projectId}`)?.sessions.keys() ?? [])], [])
})

test('a run that changed nothing, or whose files are not all there, leaves no version', async () => {
  for (const checkpoint of [null, [entry('gone.txt', 'never uploaded')]]) {
    const run = await stage.start(ada)
    await keep(run, checkpoint)
    await cancel(run)
    await stage.drain()
    assert.deepEqual(await versionsOf(run), [])
    assert.equal(await versionIdOf(run), null)
  }
  const untouched = await stage.start(ada)
  await cancel(untouched)
  await stage.drain()
  assert.deepEqual(await versionsOf(untouched), [])
})

test('a version that somebody saved meanwhile stays current, and what the run made stands before it', async () => {
  const run = await stage.start(ada)
  await half(run)
  const saved = await save(ada, run.projectId, { parentId: null, contents: { 'a.txt': 'by hand' } })
  await cancel(run)
  await stage.drain()
  await isKeptBefore(run, saved.id)
})

test('a restore that came between the stop and its version stays current, and nothing is lost', async () => {
  const first = await stage.start(ada)
  const { projectId } = first
  await half(first)
  await cancel(first)
  await stage.drain()
  const [old] = await versionsOf(first)
  const edited = await save(ada, projectId, { parentId: old?.id ?? '', contents: { 'a.txt': 'by hand' } })
  const run = await stage.start(ada, projectId)
  await keep(run, await upload(run.runner, projectId, { 'b.txt': 'half done again' }))
  await cancel(run)
  const { status, body: restored } = await ada.post(`/projects/${projectId}/versions/${old?.id}/restore`)
  assert.deepEqual([status, restored.parentId], [201, edited.id])
  await stage.drain()
  await isKeptBefore(run, restored.id)
})

/** Newest first: their files once more and current, what the run made, and theirs as it came. */
async function isKeptBefore(run: StartedRun, theirs: string) {
  const [current, made, saved] = await versionsOf(run)
  assert.deepEqual(
    [current?.source, current?.message, saved?.id],
    ['restore', `Restore version ${saved?.number}`, theirs],
  )
  assert.deepEqual([made?.message, made?.generationId], ['Stopped: a habit tracker', run.id])
  assert.equal(await versionIdOf(run), made?.id)
  assert.equal((await run.owner.get(`/projects/${run.projectId}`)).body.currentVersionId, current?.id)
  const told = (await created(run)).map(({ data }) => data.versionId)
  assert.deepEqual(told.slice(-2), [made?.id, current?.id])
}

test('the job done twice at once, and once more later, makes one version', async () => {
  const run = await stage.start(ada)
  await half(run)
  await cancel(run)
  world.wakes.splice(0)
  await world.sql`insert into everjust.jobs (id, kind, project_id, payload)
    select 'job_twin' || n || left(${run.projectId.slice(4)}, 14), 'stop-generation', ${run.projectId},
      ${world.sql.json({ generationId: run.id })} from generate_series(1, 3) n`
  const [first, ...others] = await stopJobs(run)
  assert.ok(first)
  await Promise.all(others.map((id) => stage.work('stop-generation', id)))
  await stage.work('stop-generation', first)
  await stage.drain()
  assert.equal((await versionsOf(run)).length, 1)
  assert.equal((await created(run)).length, 1)
})

test('a job that is cut off between storage and database is done again without a trace', async () => {
  const run = await stage.start(ada)
  await half(run)
  await cancel(run)
  const [id] = await stopJobs(run)
  assert.ok(id)
  const { objects } = stage.jobs
  let cut = false
  const put: typeof objects.put = async (...given) => {
    await objects.put(...given)
    cut = true
    throw new Error('cut off')
  }
  await stage.work('stop-generation', id, { objects: { ...objects, put } })
  assert.ok(cut)
  assert.deepEqual(await versionsOf(run), [])
  world.logs.splice(0)
  world.wakes.splice(0)
  await world.sql`update everjust.jobs set run_at = now() where id = ${id}`
  await stage.work('stop-generation', id)
  await stage.drain()
  assert.equal((await versionsOf(run)).length, 1)
})

test('the next message waits for it, and builds on it', async () => {
  const run = await stage.start(ada)
  await half(run)
  await cancel(run)
  const stops = world.wakes.splice(0)
  const { body: next } = await ada.post(`/projects/${run.projectId}/generate`, { prompt: 'go on' })
  await stage.drain()
  const path = `/projects/${run.projectId}/generations/${next.id}`
  assert.equal((await ada.get(path)).body.state, 'queued')
  world.wakes.push(...stops)
  await stage.drain()
  const [version] = await versionsOf(run)
  const { state, baseVersionId } = (await ada.get(path)).body
  assert.deepEqual([state, baseVersionId], ['running', version?.id])
  await ada.post(`${path}/cancel`)
  await stage.drain()
})

test('when keeping it takes too long, the next message goes on without it, and nothing is put under it later', async () => {
  const run = await stage.start(ada)
  await half(run)
  await cancel(run)
  const stops = world.wakes.splice(0)
  await world.sql`update everjust.generations set keep_until = now() where id = ${run.id}`
  const { body: next } = await ada.post(`/projects/${run.projectId}/generate`, { prompt: 'go on' })
  await stage.drain()
  world.wakes.push(...stops)
  await stage.drain()
  assert.deepEqual(await versionsOf(run), [])
  const path = `/projects/${run.projectId}/generations/${next.id}`
  assert.equal((await ada.get(path)).body.state, 'running')
  await ada.post(`${path}/cancel`)
  await stage.drain()
})

test('what a run had done that the platform gave up is kept too', async () => {
  const run = await stage.start(ada)
  await half(run)
  await world.sql`update everjust.generations set deadline = now() - interval '1 second' where id = ${run.id}`
  await stage.minute()
  await stage.drain()
  assert.equal((await versionsOf(run)).length, 1)
  const { state, versionId, failure } = (await ada.get(run.path)).body
  assert.deepEqual([state, failure.code, versionId], ['failed', 'out_of_time', (await versionsOf(run))[0]?.id])
  assert.equal(failure.kept, 'What was made until then is saved as a version.')
})

test('the books are right, and nothing is left behind', async () => {
  assert.deepEqual(await mistakes(world), [])
  await world.settled()
})
