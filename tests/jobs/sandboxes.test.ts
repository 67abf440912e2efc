import assert from 'node:assert/strict'
import { after, beforeEach, test } from 'node:test'
import { schedule } from '../../lib/entry/schedule.ts'
import { objectKeys } from '../../lib/ports/object-store.ts'
import type { ProjectId } from '../../lib/contract/ids.ts'
import { duties as hourly } from '../../packages/cron/hour/index.ts'
import { duties as daily } from '../../packages/cron/day/index.ts'
import { mistakes, openStage, success } from './stage.ts'

const stage = await openStage({ after })
const { world, provider } = stage
let ada = await stage.person()
beforeEach(async () => {
  ada = await stage.person()
  provider.trouble.failing = false
  provider.trouble.before = undefined
})

const sandboxOf = async (projectId: ProjectId) => (await ada.get(`/projects/${projectId}/sandbox`)).body
const boxOf = (projectId: ProjectId) => provider.boxes.get(`p-${projectId}`)

async function openedProject(): Promise<ProjectId> {
  const projectId = await stage.project(ada)
  await ada.post(`/projects/${projectId}/sandbox`)
  await stage.drain()
  return projectId
}

test('a sandbox is started, shown and stopped', async () => {
  const projectId = await stage.project(ada)
  assert.deepEqual(await sandboxOf(projectId), {
    state: 'absent',
    resources: null,
    preview: null,
    versionId: null,
    problem: null,
    updatedAt: null,
  })
  const asked = await ada.post(`/projects/${projectId}/sandbox`)
  assert.deepEqual([asked.status, asked.body.state], [202, 'starting'])
  assert.deepEqual(await stage.drain(), ['open-sandbox'])
  const started = await sandboxOf(projectId)
  assert.equal(started.state, 'started')
  assert.deepEqual(started.resources, { cpu: 1, memoryGiB: 2, diskGiB: 3 })
  assert.match(started.preview.url, /^http:\/\/5173-/)
  assert.equal((await ada.post(`/projects/${projectId}/sandbox`)).body.preview.url, started.preview.url)
  assert.deepEqual(await stage.drain(), ['open-sandbox'])
  const [file] = boxOf(projectId)?.files.values() ?? []
  assert.equal(JSON.parse(file ?? '{}').mode, 'sync')

  assert.deepEqual((await ada.delete(`/projects/${projectId}/sandbox`)).body.state, 'stopping')
  assert.deepEqual(await stage.drain(), ['stop-sandbox'])
  assert.deepEqual([(await sandboxOf(projectId)).state, boxOf(projectId)?.state], ['stopped', 'stopped'])
  assert.equal((await sandboxOf(projectId)).preview, null)
  const rows = await world.sql<{ state: string }[]>`
    select data->>'state' as state from everjust.events
    where project_id = ${projectId} and type = 'sandbox:status' order by seq`
  assert.deepEqual(
    rows.map(({ state }) => state),
    ['starting', 'starting', 'started', 'stopping', 'stopped'],
  )
})

test('a sandbox that vanished is brought back when it is asked for', async () => {
  const projectId = await openedProject()
  const before = (await sandboxOf(projectId)).preview.url
  provider.boxes.clear()
  await ada.post(`/projects/${projectId}/sandbox`)
  await stage.drain()
  assert.equal(boxOf(projectId)?.state, 'started')
  assert.notEqual((await sandboxOf(projectId)).preview.url, before)
})

test('a wish that was taken back while it was carried out is undone', async () => {
  const projectId = await stage.project(ada)
  await ada.post(`/projects/${projectId}/sandbox`)
  provider.trouble.before = async (method) => {
    if (method !== 'run') return
    provider.trouble.before = undefined
    await ada.delete(`/projects/${projectId}/sandbox`)
  }
  await stage.drain()
  assert.deepEqual([(await sandboxOf(projectId)).state, boxOf(projectId)?.state], ['stopped', 'stopped'])
})

test('a sandbox that cannot be started says so, and can be asked for again', async () => {
  const projectId = await stage.project(ada)
  provider.trouble.failing = true
  await ada.post(`/projects/${projectId}/sandbox`)
  for (let n = 0; n < 3; n++) {
    await world.sql`update everjust.jobs set run_at = now() where state = 'queued'`
    await stage.minute()
    await stage.drain()
  }
  const failed = await sandboxOf(projectId)
  assert.deepEqual([failed.state, failed.preview], ['failed', null])
  assert.match(failed.problem, /could not be started/)
  provider.trouble.failing = false
  await ada.post(`/projects/${projectId}/sandbox`)
  await stage.drain()
  assert.equal((await sandboxOf(projectId)).state, 'started')
})

test('a sandbox in which a run works is not stopped', async () => {
  const run = await stage.start(ada)
  const refused = await ada.delete(`/projects/${run.projectId}/sandbox`)
  assert.deepEqual([refused.status, refused.body.code], [409, 'generation_active'])
  await world.sql`update everjust.sandboxes set used_at = now() - interval '1 day' where project_id = ${run.projectId}`
  await stage.minute()
  await stage.drain()
  assert.equal((await sandboxOf(run.projectId)).state, 'started')
  await run.runner.post(`${run.reports}/end`, success)
})

test('a sandbox that nobody uses is stopped after its tier’s idle time', async () => {
  const projectId = await openedProject()
  await world.sql`update everjust.sandboxes set used_at = now() - interval '14 minutes' where project_id = ${projectId}`
  await stage.minute()
  assert.equal(boxOf(projectId)?.state, 'started')
  await world.sql`update everjust.sandboxes set used_at = now() - interval '16 minutes' where project_id = ${projectId}`
  await Promise.all([stage.minute(), stage.minute()])
  await stage.drain()
  assert.equal(boxOf(projectId)?.state, 'stopped')
})

test('addresses that run out are signed anew, those that do not are kept', async () => {
  const projectId = await openedProject()
  const before = (await sandboxOf(projectId)).preview.url
  const hour = schedule(hourly, () => stage.jobs)
  await hour()
  await stage.drain()
  assert.equal((await sandboxOf(projectId)).preview.url, before)
  await world.sql`update everjust.sandboxes set urls_expire_at = now() + interval '50 minutes'`
  await hour()
  await stage.drain()
  assert.notEqual((await sandboxOf(projectId)).preview.url, before)
})

test('sandboxes of nobody are swept away, others stay', async () => {
  const projectId = await openedProject()
  const plan = boxOf(projectId)?.plan
  assert.ok(plan)
  await provider.ensure({ ...plan, name: 'p-prj_00000000000000000000' })
  await provider.ensure({ ...plan, name: 'somebody-elses', labels: {} })
  await schedule(hourly, () => stage.jobs)()
  await stage.drain()
  assert.equal(provider.boxes.has('p-prj_00000000000000000000'), false)
  assert.equal(provider.boxes.has('somebody-elses'), true)
  assert.ok(boxOf(projectId))
})

test('a deleted project leaves nothing, even with a run under way', async () => {
  const run = await stage.start(ada)
  const { projectId } = run
  await Promise.all(
    Array.from({ length: 30 }, (_, n) =>
      world.context.objects.put(objectKeys.blob(projectId, `${n}`.padStart(64, '0')), 'x', 'text/plain'),
    ),
  )
  assert.equal((await ada.delete(`/projects/${projectId}`)).status, 204)
  assert.equal((await ada.delete(`/library/deleted/${projectId}`)).status, 204)
  assert.equal((await run.runner.post(`${run.reports}/end`, success)).status, 404)
  await stage.drain()
  assert.equal(boxOf(projectId), undefined)
  assert.deepEqual(await world.context.objects.list(objectKeys.project(projectId)), [])
  for (const table of ['projects', 'generations', 'events', 'event_streams', 'sandboxes', 'model_calls']) {
    const column = table === 'projects' ? 'id' : 'project_id'
    const rows =
      await world.sql`select from ${world.sql(`everjust.${table}`)} where ${world.sql(column)} = ${projectId}`
    assert.equal(rows.length, 0, table)
  }
  assert.deepEqual(await mistakes(world), [])
})

test('a deleted project is stopped at once, kept for a day, and then cleared away by the hour', async () => {
  const projectId = await openedProject()
  const blob = objectKeys.blob(projectId, '1')
  await world.context.objects.put(blob, 'x', 'text/plain')
  await ada.delete(`/projects/${projectId}`)
  await stage.drain()
  assert.equal(boxOf(projectId)?.state, 'stopped')
  const hour = schedule(hourly, () => stage.jobs)
  assert.equal((await hour()).body['clearDeleted'], 0)
  assert.ok(await world.context.objects.get(blob))
  await world.sql`update everjust.projects set deleted_at = now() - interval '24 hours' where id = ${projectId}`
  assert.equal((await ada.post(`/library/deleted/${projectId}/undelete`)).status, 404)
  assert.equal((await hour()).body['clearDeleted'], 1)
  assert.equal((await hour()).body['clearDeleted'], 0)
  await stage.drain()
  assert.equal((await world.sql`select from everjust.projects where id = ${projectId}`).length, 0)
  assert.equal(await world.context.objects.get(blob), undefined)
})

test('a project that was brought back is left alone by a job that came too late', async () => {
  const projectId = await openedProject()
  await ada.delete(`/projects/${projectId}`)
  assert.equal((await ada.post(`/library/deleted/${projectId}/undelete`)).status, 200)
  await world.sql`insert into everjust.jobs (id, kind, project_id, payload) values ('job_late', 'delete-project', ${projectId}, '{}')`
  await stage.work('delete-project', 'job_late')
  assert.equal((await ada.get(`/projects/${projectId}`)).status, 200)
  await stage.drain()
})

test('a deletion that was cut off goes on', async () => {
  const projectId = await openedProject()
  await world.context.objects.put(objectKeys.blob(projectId, '1'), 'x', 'text/plain')
  await ada.delete(`/projects/${projectId}`)
  await ada.delete(`/library/deleted/${projectId}`)
  provider.trouble.failing = true
  await stage.drain()
  provider.trouble.failing = false
  await world.sql`update everjust.jobs set run_at = now() where state = 'queued'`
  await stage.minute()
  await stage.drain()
  assert.equal((await world.sql`select from everjust.projects where id = ${projectId}`).length, 0)
  assert.deepEqual(await world.context.objects.list(objectKeys.project(projectId)), [])
  world.logs.splice(0)
})

test('a day’s upkeep forgets what has had its day, and nothing else', async () => {
  const run = await stage.start(ada)
  await run.runner.post(`${run.reports}/end`, success)
  await world.sql`update everjust.events set at = now() - interval '31 days' where project_id = ${run.projectId}`
  await world.sql`insert into everjust.rate_windows values ('x', now() - interval '2 hours', 1), ('x', now(), 1)`
  await world.sql`update everjust.jobs set ended_at = now() - interval '8 days' where state = 'done'`
  await world.sql`
    insert into everjust.notices (id, key, recipient, kind, words, created_at, sent_at) values
      ('waits', '1', 'x', 'x', '{}', now() - interval '6 days', null),
      ('gave up', '2', 'x', 'x', '{}', now() - interval '8 days', null),
      ('sent', '3', '', 'x', '{}', now() - interval '8 days', now() - interval '8 days'),
      ('sent long ago', '4', '', 'x', '{}', now() - interval '31 days', now() - interval '31 days')`
  const { body } = await schedule(daily, () => stage.jobs)()
  assert.equal(body['forgetNotices'], 2)
  assert.ok((body['forgetJobs'] ?? 0) > 0)
  assert.equal(body['forgetRateWindows'], 1)
  const left = await world.sql<{ type: string }[]>`
    select type from everjust.events where project_id = ${run.projectId} order by seq`
  assert.deepEqual(
    left.map(({ type }) => type),
    ['project:generation:start', 'sandbox:status', 'preview:ready', 'cost:updated', 'project:generation:complete'],
  )
  const again = await schedule(daily, () => stage.jobs)()
  assert.deepEqual(
    Object.entries(again.body).filter(([, count]) => count !== 0),
    [],
  )
})

test('nothing is left behind', () => world.settled())
