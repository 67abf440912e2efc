import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { OrganizationId } from '../../lib/contract/ids.ts'
import { RunJob } from '../../lib/contract/run.ts'
import type { SignedIn } from '../world.ts'
import { save, upload } from '../world/files.ts'
import { mistakes, openStage, type StartedRun } from './stage.ts'

const stage = await openStage({ after })
const { world, provider } = stage

const allow = (organizationId: OrganizationId, storageBytesPerProject: number) => world.sql`
  update everjust.organizations set limits = ${world.sql.json({ storageBytesPerProject, sandboxesAtOnce: null })},
    limits_reason = 'tests'
  where id = ${organizationId}`

/** The runner stores what it has done, and where it is, as it does after every step. */
async function makes(run: StartedRun, contents: Record<string, string>): Promise<void> {
  const files = await upload(run.runner, run.projectId, contents)
  const job = provider.boxes.get(`p-${run.projectId}`)?.files.get(`/root/job-${run.id}-1.json`)
  const { put } = RunJob.parse(JSON.parse(job ?? 'null')).generation?.transcript ?? { put: '' }
  const transcript = { history: [{ kind: 'asked', text: 'a page' }], checkpoint: files, seconds: 1, seen: [] }
  assert.equal((await fetch(put, { method: 'PUT', body: JSON.stringify(transcript) })).status, 200)
}

const versionsOf = async (by: SignedIn, projectId: string) =>
  (await by.get(`/projects/${projectId}/versions`)).body.items as { id: string; number: number; message: string }[]

const saysOf = async ({ projectId }: StartedRun) =>
  (
    await world.sql<{ data: { failure: { code: string } | null } }[]>`
      select data from everjust.events where project_id = ${projectId} and type = 'project:generation:cancelled'
      order by seq`
  ).map(({ data }) => data.failure?.code ?? null)

/** A project with 60 bytes of 100, and a stopped run that made 50 more. */
async function fullProject() {
  const owner = await stage.person()
  await allow(owner.organizationId, 100)
  const projectId = await stage.project(owner)
  await save(owner, projectId, { parentId: null, contents: { a: 'x'.repeat(60) } })
  const run = await stage.start(owner, projectId)
  await makes(run, { a: 'x'.repeat(60), b: 'y'.repeat(50) })
  return { owner, projectId, run }
}

test('what a stopped run made and there is no room for is set aside, and becomes a version on a larger plan', async () => {
  const { owner, projectId, run } = await fullProject()
  await owner.post(`${run.path}/cancel`)
  await stage.drain()
  assert.deepEqual(
    (await versionsOf(owner, projectId)).map(({ number }) => number),
    [1],
  )
  const { failure, state, versionId } = (await owner.get(run.path)).body
  assert.deepEqual([state, versionId, failure?.code], ['cancelled', null, 'set_aside'])
  assert.match(failure.kept, /set aside/)
  assert.deepEqual(await saysOf(run), [null, 'set_aside'])

  await stage.minute()
  assert.deepEqual(await stage.drain(), [], 'nothing is tried while there is no room')

  await allow(owner.organizationId, 110)
  await stage.minute()
  await stage.drain()
  const [kept] = await versionsOf(owner, projectId)
  assert.deepEqual([kept?.number, kept?.message], [2, 'Stopped: a habit tracker'])
  const now = (await owner.get(run.path)).body
  assert.deepEqual([now.versionId, now.failure], [kept?.id, null])
  assert.deepEqual(await saysOf(run), [null, 'set_aside', null])
  await stage.minute()
  assert.deepEqual(await stage.drain(), [])
  assert.equal((await versionsOf(owner, projectId)).length, 2)
  assert.deepEqual(await mistakes(world), [])
})

test('what somebody saved meanwhile stays current, and what was set aside stands before it', async () => {
  const { owner, projectId, run } = await fullProject()
  await owner.post(`${run.path}/cancel`)
  await stage.drain()
  const [first] = await versionsOf(owner, projectId)
  const second = await save(owner, projectId, { parentId: first?.id ?? null, contents: { c: 'z'.repeat(40) } })
  await allow(owner.organizationId, 1_000)
  await stage.minute()
  await stage.drain()
  assert.deepEqual(
    (await versionsOf(owner, projectId)).map(({ message }) => message),
    [`Restore version ${second.number}`, 'Stopped: a habit tracker', second.message, first?.message],
  )
})

test('the next run does not wait for what is set aside, and one that goes back before it forgets it', async () => {
  const { owner, projectId, run } = await fullProject()
  await owner.post(`${run.path}/cancel`)
  await stage.drain()
  const next = await stage.start(owner, projectId)
  assert.equal((await owner.get(next.path)).body.state, 'running')
  await owner.post(`${next.path}/cancel`)
  await stage.drain()
  const { status, body } = await owner.post(`/conversations/${projectId}/retry`, {
    generationId: run.id,
    prompt: 'a page',
  })
  assert.equal(status, 202, JSON.stringify(body))
  await owner.post(`/projects/${projectId}/generations/${body.id}/cancel`)
  await stage.drain()
  await allow(owner.organizationId, 1_000)
  await stage.minute()
  const [row] = await world.sql`
    select count(*)::int as jobs from everjust.jobs where project_id = ${projectId} and key = ${`stop-generation:${run.id}`}`
  assert.equal(row?.['jobs'], 0)
})
