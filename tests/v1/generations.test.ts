import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { newId, type GenerationId, type ProjectId } from '../../lib/contract/ids.ts'
import { reservationFor } from '../../lib/domain/quota.ts'
import { tierTable } from '../../lib/domain/tiers.ts'
import { ledgerStore } from '../../lib/store/ledger.ts'
import { openDatabase, type Database } from '../../lib/store/sql.ts'
import { accountOf, mistakes, openStage, success } from '../jobs/stage.ts'

const stage = await openStage({ after })
const { world } = stage

const typesOf = async (projectId: string) => {
  const rows = await world.sql<{ type: string }[]>`
    select type from everjust.events where project_id = ${projectId} order by seq`
  return rows.map(({ type }) => type)
}

test('a generation is accepted with its cost at most, and a job is woken for it', async () => {
  const ada = await stage.person()
  const projectId = await stage.project(ada)
  const { status, body } = await ada.post(`/projects/${projectId}/generate`, { prompt: '  a habit\u0000 tracker ' })
  assert.equal(status, 202, JSON.stringify(body))
  assert.equal(body.state, 'queued')
  assert.equal(body.prompt, 'a habit tracker')
  assert.deepEqual(body.cost, { currency: 'USD', micros: 0, atMostMicros: 500_000, simulated: true })
  assert.deepEqual([body.scripted, body.attempt, body.failure, body.versionId], [true, 0, null, null])
  assert.equal((await ada.get(`/projects/${projectId}`)).body.activeGenerationId, body.id)
  assert.deepEqual(await typesOf(projectId), ['project:generation:start'])
  assert.deepEqual(await accountOf(world, body.id), { generations: 'reserved 0', micros: 'reserved 0' })
  const { masked, ...shown } = body
  assert.deepEqual(masked, [])
  assert.deepEqual((await ada.get(`/projects/${projectId}/generations`)).body, { items: [shown], next: null })
  assert.equal(world.wakes.at(-1)?.kind, 'start-generation')
  await ada.post(`/projects/${projectId}/generations/${body.id}/cancel`)
  await stage.drain()
})

test('prompts of nothing, of control characters and of too much are refused', async () => {
  const ada = await stage.person()
  const projectId = await stage.project(ada)
  for (const prompt of ['', '   ', '\u0000\u0007', 'x'.repeat(20_001), 5, null]) {
    assert.equal((await ada.post(`/projects/${projectId}/generate`, { prompt })).status, 400)
  }
  assert.equal((await ada.post(`/projects/${projectId}/generate`, { prompt: 'x', model: 'other' })).status, 400)
})

test('of two generations at once one is refused', async () => {
  const ada = await stage.person()
  const projectId = await stage.project(ada)
  const answers = await Promise.all(
    ['a', 'b', 'c'].map((prompt) => ada.post(`/projects/${projectId}/generate`, { prompt })),
  )
  assert.deepEqual(answers.map(({ status }) => status).sort(), [202, 409, 409])
  assert.equal(answers.find(({ status }) => status === 409)?.body.code, 'generation_active')
  const made = answers.find(({ status }) => status === 202)?.body
  await ada.post(`/projects/${projectId}/generations/${made.id}/cancel`)
  await stage.drain()
  assert.deepEqual(await mistakes(world), [])
})

test('a month of 50 is exactly 50, however many ask at once', async () => {
  const grace = await stage.person()
  const projects = Array.from({ length: 200 }, () => newId('project'))
  await world.sql`
    insert into everjust.projects (id, organization_id, created_by, name, template, visibility)
    select id, ${grace.organizationId}, ${grace.id}, 'x', 'react', 'private'
    from jsonb_array_elements_text(${world.sql.json(projects)}) as id`
  const principal = { kind: 'user', userId: grace.id, scopes: 'all' } as const
  const begin = (database: Database, projectId: ProjectId) =>
    database.as(principal, (transaction) =>
      ledgerStore(transaction).begin(
        {
          id: newId('generation'),
          projectId,
          organizationId: grace.organizationId,
          requestedBy: grace.id,
          prompt: 'x',
          model: 'scripted-1',
        },
        reservationFor(tierTable.free.limits, new Date()),
      ),
    )
  // Each caller has a connection of its own, as each container has.
  const outcomes: unknown[] = []
  const waiting = [...projects]
  const caller = async () => {
    const database = openDatabase(world.settings['DATABASE_URL'] ?? '')
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const made = await begin(database, next)
      outcomes.push('why' in made ? made.why : 'begun')
    }
    await database.close()
  }
  await Promise.all(Array.from({ length: 12 }, caller))
  assert.equal(outcomes.filter((outcome) => outcome === 'begun').length, 50)
  assert.equal(outcomes.filter((outcome) => outcome === 'generations').length, 150)
  const refused = await grace.post(`/projects/${await stage.project(grace)}/generate`, { prompt: 'one more' })
  assert.deepEqual([refused.status, refused.body.code], [402, 'payment_required'])
  assert.deepEqual(await mistakes(world), [])
  await world.sql`delete from everjust.projects where created_by = ${grace.id}`
})

test('a runner reports, saves nothing and ends; a repeated end is answered the same', async () => {
  const ada = await stage.person()
  const { reports, runner, id, projectId } = await stage.start(ada)
  const event = (n: number, text: string) => ({
    seq: null,
    run: { id, n },
    type: 'project:generation:progress',
    at: new Date().toISOString(),
    data: { generationId: id, progress: { kind: 'text', step: 1, text } },
  })
  const reported = await runner.post(`${reports}/events`, { attempt: 1, events: [event(2, 'b\u0000'), event(1, 'a')] })
  const cost = { currency: 'USD', micros: 0, atMostMicros: 500_000, simulated: true }
  assert.deepEqual([reported.status, reported.body], [200, { over: false, upTo: 2, leaseSeconds: 30, cost }])
  const again = await runner.post(`${reports}/events`, {
    attempt: 1,
    events: [event(2, 'x'), event(3, 'c'), event(3, 'd')],
  })
  assert.deepEqual(again.body, { over: false, upTo: 3, leaseSeconds: 30, cost })
  const texts = await world.sql<{ text: string }[]>`
    select data->'progress'->>'text' as text from everjust.events where run_id = ${id} order by seq`
  assert.deepEqual(
    texts.map(({ text }) => text),
    ['a', 'b', 'd'],
  )

  const ended = await runner.post(`${reports}/end`, success)
  assert.deepEqual([ended.status, ended.body.state, ended.body.answer], [200, 'succeeded', 'Done.'])
  assert.deepEqual((await runner.post(`${reports}/end`, success)).body, ended.body)
  assert.equal((await runner.post(`${reports}/end`, { ...success, outcome: 'failed' })).body.code, 'run_over')
  assert.equal((await runner.post(`${reports}/events`, { attempt: 1, events: [] })).body.code, 'run_over')
  assert.deepEqual(await accountOf(world, id), { generations: 'settled 1', micros: 'released 0' })
  assert.equal((await ada.get(`/projects/${projectId}`)).body.state, 'ready')
  assert.equal((await typesOf(projectId)).filter((type) => type === 'project:generation:complete').length, 1)
})

test('reports that are forged are refused', async () => {
  const ada = await stage.person()
  const { path, reports, runner, id, projectId } = await stage.start(ada)
  const good = { seq: null, run: { id, n: 1 }, at: new Date().toISOString() }
  const text = { kind: 'text', step: 1, text: 'x' }
  const progress = { type: 'project:generation:progress', data: { generationId: id, progress: text } }
  const stranger = 'gen_00000000000000000000' as GenerationId
  const forged = [
    { ...good, ...progress, type: 'project:generation:complete' },
    { ...good, ...progress, type: 'cost:updated' },
    { ...good, ...progress, type: '__proto__' },
    { ...good, ...progress, data: { generationId: id, progress: { kind: 'won' } } },
    { ...good, ...progress, data: { generationId: stranger, progress: text } },
    { ...good, ...progress, run: { id: stranger, n: 1 } },
    { ...good, ...progress, run: { id, n: 1_000_001 } },
    { ...good, ...progress, run: { id, n: 0 } },
    { ...good, ...progress, run: null },
  ]
  for (const event of forged) {
    const { status } = await runner.post(`${reports}/events`, { attempt: 1, events: [event] })
    assert.equal(status, 400, JSON.stringify(event))
  }
  assert.equal((await runner.post(`${reports}/events`, { attempt: 2, events: [] })).body.code, 'run_over')
  const later = await world.asRun({ projectId, generationId: id, attempt: 2 })
  assert.equal((await later.post(`${reports}/events`, { attempt: 2, events: [] })).body.code, 'run_over')
  assert.equal((await later.post(`${reports}/end`, { ...success, attempt: 2 })).body.code, 'run_over')
  const sync = await world.asRun({ projectId, generationId: null, attempt: 0 })
  assert.equal((await sync.post(`${reports}/end`, success)).body.code, 'run_over')
  const versionId = 'ver_00000000000000000000'
  assert.equal((await runner.post(`${reports}/end`, { ...success, versionId })).status, 400)
  assert.equal((await ada.post(`${reports}/end`, success)).status, 404)
  const other = await stage.start(ada)
  assert.equal((await runner.post(`${other.reports}/end`, success)).status, 404)
  for (const each of [path, other.path]) await ada.post(`${each}/cancel`)
  await stage.drain()
})

test('a cancelled run is over at once, and stays cancelled', async () => {
  const ada = await stage.person()
  const { path, reports, runner, id, projectId } = await stage.start(ada)
  const session = `run-${id}-1`
  assert.ok(stage.provider.boxes.get(`p-${projectId}`)?.sessions.has(session))
  const cancelled = await ada.post(`${path}/cancel`)
  assert.deepEqual([cancelled.status, cancelled.body.state], [200, 'cancelled'])
  assert.deepEqual((await ada.post(`${path}/cancel`)).body, cancelled.body)
  assert.equal((await runner.post(`${reports}/end`, success)).body.code, 'run_over')
  assert.deepEqual(await accountOf(world, id), { generations: 'settled 1', micros: 'released 0' })
  assert.deepEqual(await stage.drain(), ['stop-generation', 'open-sandbox'])
  assert.equal(stage.provider.boxes.get(`p-${projectId}`)?.sessions.has(session), false)
  assert.equal((await ada.post(`/projects/${projectId}/generate`, { prompt: 'again' })).status, 202)
  const { body } = await ada.get(`/projects/${projectId}/generations?limit=1`)
  assert.equal(body.items[0].prompt, 'again')
  assert.equal((await ada.get(`/projects/${projectId}/generations?after=${body.next}`)).body.items[0].id, id)
  assert.equal((await ada.get(`/projects/${projectId}/generations?after=x`)).status, 400)
  await ada.post(`/projects/${projectId}/generations/${body.items[0].id}/cancel`)
  await stage.drain()
})

test('the last words of a run that was just cancelled are taken, and later ones refused', async () => {
  const ada = await stage.person()
  const { path, reports, runner, id } = await stage.start(ada)
  await ada.post(`${path}/cancel`)
  const words = (n: number) => ({
    attempt: 1,
    events: [
      {
        seq: null,
        run: { id, n },
        type: 'project:generation:progress',
        at: new Date().toISOString(),
        data: { generationId: id, progress: { kind: 'text', step: 1, text: `words ${n}` } },
      },
    ],
  })
  const taken = await runner.post(`${reports}/events`, words(1))
  assert.deepEqual([taken.status, taken.body.over, taken.body.upTo], [200, true, 1])
  await world.sql`update everjust.generations set ended_at = ended_at - interval '11 seconds' where id = ${id}`
  assert.equal((await runner.post(`${reports}/events`, words(2))).body.code, 'run_over')
  const kept = await world.sql`select run_n::int as n from everjust.events where run_id = ${id}`
  assert.deepEqual([...kept], [{ n: 1 }])
  await stage.drain()
})

test('cancelling and ending at once has one winner, and the books are right', async () => {
  const ada = await stage.person()
  for (let n = 0; n < 5; n++) {
    const { path, reports, runner } = await stage.start(ada)
    const [ended, cancelled] = await Promise.all([runner.post(`${reports}/end`, success), ada.post(`${path}/cancel`)])
    const final = (await ada.get(path)).body.state
    assert.equal(cancelled.body.state, final)
    assert.equal(ended.status, final === 'succeeded' ? 200 : 409)
    await stage.drain()
  }
  assert.deepEqual(await mistakes(world), [])
})

test('strangers see nothing of it', async () => {
  const ada = await stage.person()
  const lin = await world.signIn('lin@example.com')
  const { path, projectId } = await stage.start(ada)
  for (const [method, at] of [
    ['get', path],
    ['post', `${path}/cancel`],
    ['post', `/projects/${projectId}/live`],
    ['get', `/projects/${projectId}/sandbox`],
  ] as const) {
    assert.equal((await lin[method](at)).status, 404)
  }
  await ada.post(`${path}/cancel`)
  await stage.drain()
})

test('nothing is left behind', () => world.settled())
