import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { newId } from '../../lib/contract/ids.ts'
import { openStage } from '../jobs/stage.ts'
import { makeTeam } from '../world.ts'

const stage = await openStage({ after })
const { world, provider } = stage
const unchosen = { size: null, autoStopMinutes: null, network: { kind: 'open', hosts: [] } }

test('what nobody chose is the plan’s, and a choice within the plan is kept', async () => {
  const ada = await stage.person()
  const path = `/workshop/${await stage.project(ada)}/sandbox`
  assert.deepEqual((await ada.get(path)).body, {
    chosen: unchosen,
    bounds: {
      sizes: [
        { cpu: 1, memoryGiB: 1 },
        { cpu: 1, memoryGiB: 2 },
      ],
      autoStopMinutes: { least: 5, most: 15 },
    },
    restartNeeded: false,
  })
  const choice = {
    size: { cpu: 1, memoryGiB: 2 },
    autoStopMinutes: 10,
    network: { kind: 'open', hosts: ['api.example.com', '*.example.org'] },
  }
  const { status, body } = await ada.put(path, choice)
  assert.deepEqual([status, body.chosen, body.restartNeeded], [200, choice, false])
  assert.deepEqual((await ada.get(path)).body.chosen, choice)
})

test('more than the plan allows, and what is no host, is refused', async () => {
  const ada = await stage.person()
  const path = `/workshop/${await stage.project(ada)}/sandbox`
  const refused = async (change: object) => (await ada.put(path, { ...unchosen, ...change })).status
  assert.equal(await refused({ size: { cpu: 8, memoryGiB: 16 } }), 400)
  assert.equal(await refused({ autoStopMinutes: 16 }), 400)
  assert.equal(await refused({ autoStopMinutes: 4 }), 400)
  assert.equal(await refused({ network: { kind: 'open', hosts: ['http://x.example'] } }), 400)
  assert.equal(
    await refused({ network: { kind: 'open', hosts: Array.from({ length: 6 }, (_, n) => `h${n}.example.com`) } }),
    400,
  )
  assert.deepEqual((await ada.get(path)).body.chosen, unchosen)
})

test('a sandbox that runs takes a choice when it is started again, and when it is made anew', async () => {
  const ada = await stage.person()
  const projectId = await stage.project(ada)
  const path = `/workshop/${projectId}/sandbox`
  const boxOf = () => provider.boxes.get(`p-${projectId}`)
  await ada.post(`/projects/${projectId}/sandbox`)
  await stage.drain()
  const first = boxOf()?.id
  const size = { cpu: 1, memoryGiB: 2 }
  assert.equal((await ada.put(path, { ...unchosen, size, network: { kind: 'none' } })).body.restartNeeded, true)
  // Somebody looks at the project, or a run begins: it runs on as it was.
  await ada.post(`/projects/${projectId}/sandbox`)
  await stage.drain()
  assert.equal((await ada.get(path)).body.restartNeeded, true)
  const asked = await ada.post(`${path}/restart`, {})
  assert.deepEqual([asked.status, asked.body.state], [202, 'starting'])
  await stage.drain()
  assert.equal((await ada.get(`/projects/${projectId}/sandbox`)).body.state, 'started')
  assert.equal((await ada.get(path)).body.restartNeeded, false)
  assert.equal(boxOf()?.id, first)
  await ada.post(`${path}/restart`, { anew: true })
  await stage.drain()
  assert.notEqual(boxOf()?.id, first)
  assert.deepEqual(boxOf()?.plan.resources, size)
  const told = await world.sql<{ action: string }[]>`
    select action from everjust.audit_log where subject = ${projectId} and action like 'sandbox.%' order by id`
  assert.deepEqual(
    told.map(({ action }) => action),
    ['sandbox.start', 'sandbox.settings', 'sandbox.restart', 'sandbox.remake'],
  )
})

test('a choice that a smaller plan no longer allows asks for no restart that would change nothing', async () => {
  const ada = await stage.person()
  const projectId = await stage.project(ada)
  const path = `/workshop/${projectId}/sandbox`
  const tier = (name: string) => world.sql`
    update everjust.organizations set tier = ${name}
    where id = (select organization_id from everjust.projects where id = ${projectId})`
  await tier('pro')
  await ada.put(path, { ...unchosen, size: { cpu: 4, memoryGiB: 8 } })
  await ada.post(`/projects/${projectId}/sandbox`)
  await stage.drain()
  await tier('free')
  assert.equal((await ada.get(path)).body.restartNeeded, true)
  await ada.post(`${path}/restart`, {})
  await stage.drain()
  assert.equal((await ada.get(path)).body.restartNeeded, false)
})

test('a sandbox that somebody works in is not started again', async () => {
  const ada = await stage.person()
  const { projectId, path } = await stage.start(ada)
  const { status, body } = await ada.post(`/workshop/${projectId}/sandbox/restart`, {})
  assert.deepEqual([status, body.code], [409, 'generation_active'])
  await ada.post(`${path}/cancel`)
  await stage.drain()
})

test('a run that is asked for while the sandbox is made anew waits for the new one', async () => {
  const ada = await stage.person()
  const projectId = await stage.project(ada)
  await ada.post(`/projects/${projectId}/sandbox`)
  await stage.drain()
  const old = provider.boxes.get(`p-${projectId}`)?.id
  await ada.post(`/workshop/${projectId}/sandbox/restart`, { anew: true })
  const asked: { id: string; state: string }[] = []
  provider.trouble.before = async (method) => {
    if (method !== 'remove') return
    provider.trouble.before = undefined
    const { body } = await ada.post(`/projects/${projectId}/generate`, { prompt: 'a habit tracker' })
    const early = world.wakes.pop()
    assert.ok(early)
    await stage.work(early.kind, early.jobId)
    asked.push((await ada.get(`/projects/${projectId}/generations/${body.id}`)).body)
  }
  await stage.drain()
  const [run] = asked
  assert.equal(run?.state, 'queued')
  assert.equal((await ada.get(`/projects/${projectId}/generations/${run.id}`)).body.state, 'running')
  const box = provider.boxes.get(`p-${projectId}`)
  assert.notEqual(box?.id, old)
  assert.equal(box?.sessions.size, 1)
  const [row] = await world.sql`select attempt from everjust.generations where id = ${run.id}`
  assert.equal(row?.['attempt'], 1)
  await ada.post(`/projects/${projectId}/generations/${run.id}/cancel`)
  await stage.drain()
})

test('an idle sandbox stops after the time that was chosen', async () => {
  const ada = await stage.person()
  const [chosen, other] = [await stage.project(ada), await stage.project(ada)]
  for (const projectId of [chosen, other]) await ada.post(`/projects/${projectId}/sandbox`)
  await stage.drain()
  await ada.put(`/workshop/${chosen}/sandbox`, { ...unchosen, autoStopMinutes: 5 })
  await world.sql`update everjust.sandboxes set used_at = now() - interval '6 minutes'
    where project_id in (${chosen}, ${other})`
  await stage.minute()
  await stage.drain()
  const states = await world.sql<{ state: string }[]>`
    select state from everjust.sandboxes where project_id in (${chosen}, ${other})
    order by project_id = ${other}`
  assert.deepEqual(
    states.map(({ state }) => state),
    ['stopped', 'started'],
  )
})

test('what a project used is told by day and by model, of the days that were asked for', async () => {
  const ada = await stage.person()
  const { projectId, id, path } = await stage.start(ada)
  const call = (model: string, ago: number, micros: number) => world.sql`
    insert into everjust.model_calls (id, project_id, generation_id, attempt, model, state, held_micros, charged_micros, usage, created_at)
    values (${newId('call')}, ${projectId}, ${id}, 1, ${model}, 'settled', 0, ${micros},
      ${world.sql.json({ input_tokens: 100, output_tokens: 10, cache_read_input_tokens: 5, cache_creation_input_tokens: 1 })},
      now() - make_interval(days => ${ago}))`
  await call('scripted-1', 40, 999)
  await call('claude-sonnet-5-5', 2, 700)
  await call('scripted-1', 0, 300)
  await call('scripted-1', 0, 200)
  const used = (await ada.get(`/workshop/${projectId}/usage?days=30`)).body
  assert.deepEqual(
    used.days.map(({ micros, tokens }: { micros: number; tokens: object }) => [micros, tokens]),
    [
      [700, { input: 101, output: 10, cached: 5 }],
      [500, { input: 202, output: 20, cached: 10 }],
    ],
  )
  assert.deepEqual(
    used.models.map(({ model, simulated, micros }: Record<string, unknown>) => [model, simulated, micros]),
    [
      ['claude-sonnet-5-5', false, 700],
      ['scripted-1', true, 500],
    ],
  )
  assert.deepEqual([used.total.micros, used.total.simulatedMicros], [1_200, 500])
  assert.equal((await ada.get(`/workshop/${projectId}/usage?days=91`)).status, 400)
  await ada.post(`${path}/cancel`)
  await stage.drain()
})

test('members are told by name, address and role, owners first', async () => {
  const [ada, ben] = [await stage.person(), await stage.person()]
  const organizationId = await makeTeam(world, [
    { id: ben.id, role: 'editor' },
    { id: ada.id, role: 'owner' },
  ])
  const { body: project } = await ada.post('/projects', { name: 'Ours', organizationId })
  const { body } = await ben.get(`/workshop/${project.id}/members`)
  assert.deepEqual(
    body.items.map(({ role }: { role: string }) => role),
    ['owner', 'editor'],
  )
  assert.match(body.items[0].email, /@example\.com$/)
  assert.deepEqual(Object.keys(body.items[0]).toSorted(), ['email', 'name', 'role'])
})
