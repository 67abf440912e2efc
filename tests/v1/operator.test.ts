import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { newId } from '../../lib/contract/ids.ts'
import { operatorPermission } from '../../lib/contract/permission.ts'
import { tierTable } from '../../lib/domain/tiers.ts'
import { makeTeam, openWorld } from '../world.ts'

const world = await openWorld({ after })
const operator = await world.signIn('ops@example.com', [operatorPermission])
const reason = 'It sends spam.'

const deeds = (subject: string) =>
  world.sql<{ actor: string; action: string; detail: Record<string, unknown> }[]>`
    select actor, action, detail from everjust.audit_log where subject = ${subject} order by id`

test('the people are found by a part of their e-mail, newest first and page by page', async () => {
  for (const name of ['una', 'duo', 'tre']) await world.signIn(`${name}@pages.example.com`)
  const first = await operator.get('/operator/people?q=PAGES.example&limit=2')
  assert.deepEqual(
    first.body.items.map(({ email }: { email: string }) => email),
    ['tre@pages.example.com', 'duo@pages.example.com'],
  )
  const second = await operator.get(`/operator/people?q=pages.example&limit=2&after=${first.body.next}`)
  assert.deepEqual(
    second.body.items.map(({ email }: { email: string }) => email),
    ['una@pages.example.com'],
  )
  assert.equal(second.body.next, null)
  assert.equal((await operator.get('/operator/people?after=nonsense')).status, 400)
})

test('an API key of an operator, and a permission of another name, open nothing', async () => {
  const almost = await world.signIn('almost@example.com', ['everjust:operated', 'operate'])
  assert.equal((await almost.get('/operator/people')).status, 404)
  const odd = await world.issuer.token({ sub: 'auth0|odd', permissions: 'everjust:operate' })
  assert.equal((await world.withToken(odd).get('/operator/people')).status, 404)
})

test('what an operator changes needs a sign-in of the last five minutes', async () => {
  const person = await world.signIn('fresh@example.com')
  const claims = { sub: 'auth0|stale-ops', permissions: [operatorPermission] }
  const provedAt = Math.floor(Date.now() / 1_000) - 301
  const stale = world.withToken(await world.issuer.token({ ...claims, 'https://everjust.dev/auth_time': provedAt }))
  assert.equal((await stale.get('/operator/people')).status, 200)
  const path = `/operator/people/${person.id}/suspension`
  for (const asked of [stale.put(path, { reason }), stale.delete(path)]) {
    const { status, body } = await asked
    assert.deepEqual([status, body.code], [403, 'fresh_sign_in_required'])
  }
  assert.equal((await person.get('/projects')).status, 200)
  const denied = await world.sql`
    select action, outcome from everjust.audit_log where subject = ${person.id} order by id`
  assert.deepEqual(
    denied.map(({ action, outcome }) => [action, outcome]),
    [
      ['operator.person.suspend', 'denied'],
      ['operator.person.readmit', 'denied'],
    ],
  )
})

test('a suspended operator changes nothing, and what was tried stands in their own log', async () => {
  const [person, former] = [
    await world.signIn('kept@example.com'),
    await world.signIn('former@example.com', [operatorPermission]),
  ]
  await operator.put(`/operator/people/${former.id}/suspension`, { reason })
  assert.equal((await former.get('/operator/people')).body.code, 'suspended')
  assert.equal((await former.put(`/operator/people/${person.id}/suspension`, { reason })).body.code, 'suspended')
  const denied = await world.sql`select organization_id, actor, action, outcome from everjust.audit_log
    where subject = ${person.id} order by id`
  assert.deepEqual(
    [...denied],
    [
      {
        organization_id: former.organizationId,
        actor: former.id,
        action: 'operator.person.suspend',
        outcome: 'denied',
      },
    ],
  )
})

test('whoever is suspended or let in again is told so by mail, with the reason', async () => {
  const person = await world.signIn('told@example.com')
  await operator.put(`/operator/people/${person.id}/suspension`, { reason })
  await operator.delete(`/operator/people/${person.id}/suspension`)
  const told = await world.sql`select kind, words->>'reason' as reason from everjust.notices
    where recipient = 'told@example.com' order by created_at`
  assert.deepEqual(
    told.map((one) => [one['kind'], one['reason']]),
    [
      ['suspended', reason],
      ['readmitted', null],
    ],
  )
  assert.ok(world.wakes.some(({ kind }) => kind === 'send-notice'))
})

test('an operator sees no project of others through the doors that everybody uses', async () => {
  const person = await world.signIn('private@example.com')
  const { body: project } = await person.post('/projects', { name: 'Private' })
  assert.equal((await operator.get(`/projects/${project.id}`)).status, 404)
})

test('the very next request of a suspended person is refused with the reason, until they are let in again', async () => {
  const person = await world.signIn('spammer@example.com')
  assert.equal((await person.get('/projects')).status, 200)
  assert.equal((await operator.put(`/operator/people/${person.id}/suspension`, { reason })).status, 204)
  for (const path of ['/user', '/projects', '/user/usage']) {
    const { status, body } = await person.get(path)
    assert.deepEqual([status, body.code, body.detail], [403, 'suspended', reason], path)
  }
  const { body } = await operator.get('/operator/people?q=spammer@')
  assert.equal(body.items[0].suspended.reason, reason)
  assert.equal((await operator.delete(`/operator/people/${person.id}/suspension`)).status, 204)
  assert.equal((await person.get('/projects')).status, 200)
  assert.deepEqual(
    (await deeds(person.id)).map(({ actor, action, detail }) => [actor, action, detail]),
    [
      [operator.id, 'operator.person.suspend', { reason }],
      [operator.id, 'operator.person.readmit', {}],
    ],
  )
})

test('a suspended person learns nothing of a project that is not theirs', async () => {
  const [person, other] = [await world.signIn('nosy@example.com'), await world.signIn('other@example.com')]
  const { body: project } = await other.post('/projects', { name: 'Hidden' })
  await operator.put(`/operator/people/${person.id}/suspension`, { reason })
  assert.equal((await person.get(`/projects/${project.id}`)).status, 404)
})

test('nobody suspends themselves, and who is not there cannot be suspended', async () => {
  assert.equal((await operator.put(`/operator/people/${operator.id}/suspension`, { reason })).status, 409)
  assert.equal((await operator.put(`/operator/people/${newId('user')}/suspension`, { reason })).status, 404)
  assert.equal((await operator.put(`/operator/people/${operator.id}/suspension`, { reason: ' ' })).status, 400)
})

test('a suspended organization is refused to its members, who keep what is theirs elsewhere', async () => {
  const person = await world.signIn('member@example.com')
  const team = await makeTeam(world, [{ id: person.id, role: 'owner' }])
  const { body: project } = await person.post('/projects', { name: 'Of the team', organizationId: team })
  const { status, body: run } = await person.post(`/projects/${project.id}/generate`, { prompt: 'x' })
  assert.equal(status, 202)
  assert.equal((await operator.put(`/operator/organizations/${team}/suspension`, { reason })).status, 204)
  assert.deepEqual((await person.get(`/projects/${project.id}`)).body.code, 'suspended')
  assert.equal((await person.get('/projects')).status, 200)
  const jobs = await world.sql`select payload from everjust.jobs where key = ${`stop-generation:${run.id}`}`
  assert.deepEqual(jobs[0]?.['payload'], { generationId: run.id, cancel: true })
  assert.ok(world.wakes.some(({ kind }) => kind === 'stop-generation'))
  await operator.delete(`/operator/organizations/${team}/suspension`)
  assert.equal((await person.get(`/projects/${project.id}`)).status, 200)
})

test('a run of a suspended organization asks the model no more, and may still say how it ended', async () => {
  const person = await world.signIn('runner@example.com')
  const { body: project } = await person.post('/projects', { name: 'Running' })
  const { body: run } = await person.post(`/projects/${project.id}/generate`, { prompt: 'x' })
  await world.sql`update everjust.generations set state = 'running', attempt = 1, started_at = now(),
    lease_until = now() + interval '1 hour' where id = ${run.id}`
  const runner = await world.asRun({ projectId: project.id, generationId: run.id, attempt: 1 })
  await operator.put(`/operator/organizations/${person.organizationId}/suspension`, { reason })
  const asked = await runner.post('/models/calls', {
    body: { model: 'scripted-1', max_tokens: 100, messages: [] },
    headers: { 'anthropic-version': '2023-06-01' },
  })
  assert.deepEqual([asked.status, asked.body.code], [403, 'suspended'])
  const ended = await runner.post(`/runs/${project.id}/${run.id}/end`, {
    attempt: 1,
    outcome: 'failed',
    failure: 'platform_fault',
    answer: 'No.',
    versionId: null,
  })
  assert.ok(ended.status < 300, JSON.stringify(ended.body))
})

test('what an operator grants holds until its end, and what is paid for holds again after it', async () => {
  const person = await world.signIn('granted@example.com')
  const path = `/operator/organizations/${person.organizationId}`
  const until = new Date(Date.now() + 86_400_000).toISOString()
  const grant = { tier: 'pro', limits: { generationsPerMonth: 7 }, until, reason: 'A talk at a school.' }
  const { status, body } = await operator.put(`${path}/grant`, grant)
  assert.equal(status, 200, JSON.stringify(body))
  assert.deepEqual(body.grant, { ...grant, over: false })
  assert.deepEqual(body.limits, { ...tierTable.pro.limits, generationsPerMonth: 7 })
  const usage = await person.get('/user/usage')
  assert.deepEqual([usage.body.tier, usage.body.generations.limit], ['pro', 7])

  await world.sql`update everjust.organizations set limits_until = now() where id = ${person.organizationId}`
  const after = await person.get('/user/usage')
  assert.deepEqual([after.body.tier, after.body.generations.limit], ['free', tierTable.free.limits.generationsPerMonth])
  const shown = await operator.get(path)
  assert.deepEqual(
    [shown.body.grant.over, shown.body.limits],
    [true, JSON.parse(JSON.stringify(tierTable.free.limits))],
  )

  assert.equal((await operator.delete(`${path}/grant`)).body.grant, null)
  assert.deepEqual(
    (await deeds(person.organizationId)).map(({ action }) => action),
    ['operator.grant.set', 'operator.grant.remove'],
  )
})

test('a grant of nothing, of a limit that is none, or into the past is refused', async () => {
  const person = await world.signIn('wrong@example.com')
  const path = `/operator/organizations/${person.organizationId}/grant`
  const right = { tier: 'pro', limits: {}, until: null, reason: 'A talk.' }
  const wrong = [
    { ...right, tier: null },
    { ...right, until: '2020-01-01T00:00:00.000Z' },
    { ...right, limits: { generationsPerMonth: -1 } },
    { ...right, limits: { everything: 1 } },
    { ...right, limits: { sandboxSizes: [] } },
    { ...right, seats: 5 },
  ]
  for (const grant of wrong) assert.equal((await operator.put(path, grant)).status, 400, JSON.stringify(grant))
})

test('what runs is listed without what was asked for, and can be stopped', async () => {
  const person = await world.signIn('busy@example.com')
  const { body: project } = await person.post('/projects', { name: 'Busy' })
  const { body: run } = await person.post(`/projects/${project.id}/generate`, { prompt: 'a very private wish' })
  const { body } = await operator.get('/operator/runs')
  const shown = body.runs.find(({ id }: { id: string }) => id === run.id)
  assert.deepEqual([shown.state, shown.project.name, shown.person.email], ['queued', 'Busy', 'busy@example.com'])
  assert.ok(!JSON.stringify(body).includes('private wish'))
  assert.ok(body.jobs.some(({ kind }: { kind: string }) => kind === 'start-generation'))
  assert.equal((await operator.post(`/operator/runs/${run.id}/stop`, { reason })).status, 204)
  assert.deepEqual(
    (await deeds(run.id)).map(({ action }) => action).filter((action) => action.startsWith('operator')),
    ['operator.run.stop'],
  )
  const [told] = await world.sql`select kind, words from everjust.notices where recipient = 'busy@example.com'`
  assert.deepEqual(told, { kind: 'runStopped', words: { project: 'Busy', reason, path: `/projects/${project.id}` } })
  assert.equal((await operator.post(`/operator/runs/${newId('generation')}/stop`, { reason })).status, 404)
})

test('the role of operators reads nothing that people wrote', async () => {
  for (const [table, column] of [
    ['generations', 'prompt'],
    ['generations', 'answer'],
    ['project_secrets', 'sealed'],
    ['api_keys', 'secret_sha256'],
    ['events', 'data'],
  ] as const) {
    const reading = world.context.database.asOperator((sql) => sql`select ${sql(column)} from everjust.${sql(table)}`)
    await assert.rejects(reading, /permission denied/, `${table}.${column}`)
  }
})

test('the figures count what was spent, who pays, who comes back and what ended green', async () => {
  const own = await openWorld({ after })
  const watcher = await own.signIn('ops@example.com', [operatorPermission])
  const person = await own.signIn('counted@example.com')
  const { body: project } = await person.post('/projects', { name: 'Counted' })
  const ids = { green: newId('generation'), red: newId('generation'), version: newId('version') }
  await own.sql.begin(async (t) => [
    await t`update everjust.organizations set tier = 'pro' where id = ${person.organizationId}`,
    await t`update everjust.users set created_at = now() - interval '10 days' where id = ${person.id}`,
    await t`update everjust.projects set created_at = now() - interval '10 days' + interval '90 seconds'
      where id = ${project.id}`,
    await t`insert into everjust.versions
      (id, project_id, number, source, message, manifest_sha256, file_count, total_bytes, green)
      values (${ids.version}, ${project.id}, 1, 'generation', 'x', 'x', 1, 1, true)`,
    await t`insert into everjust.generations
      (id, project_id, organization_id, requested_by, state, prompt, model, cap_micros, version_id, started_at, ended_at)
      values (${ids.green}, ${project.id}, ${person.organizationId}, ${person.id}, 'succeeded', 'x', 'claude-sonnet-5-5',
          1000000, ${ids.version}, now(), now()),
        (${ids.red}, ${project.id}, ${person.organizationId}, ${person.id}, 'failed', 'x', 'scripted-1', 1000000, null,
          now(), now())`,
    await t`insert into everjust.sandboxes (project_id, state, resources)
      values (${project.id}, 'stopped', '{"cpu": 2, "memoryGiB": 4, "diskGiB": 8}')`,
    await t`insert into everjust.ledger (id, organization_id, project_id, metric, period, state, reserved, settled)
      values (${newId('ledgerEntry')}, ${person.organizationId}, ${project.id}, 'sandbox_seconds', now(), 'settled', 0, 7200)`,
    await t`insert into everjust.model_calls
      (id, project_id, generation_id, attempt, model, state, held_micros, spent_micros, charged_micros)
      values (${newId('call')}, ${project.id}, ${ids.green}, 1, 'claude-sonnet-5-5', 'settled', 0, 300000, 250000),
        (${newId('call')}, ${project.id}, ${ids.red}, 1, 'scripted-1', 'settled', 0, 70000, 70000)`,
  ])
  const { status, body } = await watcher.get('/operator/figures?days=30')
  assert.equal(status, 200, JSON.stringify(body))
  const pro = body.tiers.find(({ tier }: { tier: string }) => tier === 'pro')
  const spend = { costMicros: 300_000, chargedMicros: 250_000, simulatedMicros: 70_000 }
  assert.deepEqual(pro, {
    tier: 'pro',
    organizations: 1,
    seats: 1,
    monthlyMicros: 19_000_000,
    sandboxSeconds: 7_200,
    ...spend,
  })
  assert.deepEqual(body.sandboxes, { started: 0, active: 1, seconds: 7_200, vcpusEach: 2, memoryGiBEach: 4 })
  assert.deepEqual(
    body.models.map(({ model, calls }: { model: string; calls: number }) => [model, calls]),
    [
      ['claude-sonnet-5-5', 1],
      ['scripted-1', 1],
    ],
  )
  assert.deepEqual(
    body.days.map(({ day: _, ...rest }: { day: string }) => rest),
    [{ runs: 2, people: 1, ...spend }],
  )
  assert.deepEqual(body.conversion, { made: 2, madePaying: 1, all: 2, paying: 1 })
  assert.deepEqual(body.green, { ended: 2, succeeded: 1, green: 1 })
  assert.deepEqual(body.firstProject, { people: 2, withProject: 1, medianSeconds: 90, slowSeconds: 90 })
  const came = body.retention.find(({ again }: { again: number[] }) => again.includes(1))
  assert.ok(came, JSON.stringify(body.retention))
  assert.equal(came.people, 1)
  assert.equal(came.again.at(-1), 1)
})

test('an operator who is suspended operates no more, though the token still says so', async () => {
  const former = await world.signIn('former-ops@example.com', [operatorPermission])
  assert.equal((await former.get('/operator/runs')).status, 200)
  await operator.put(`/operator/people/${former.id}/suspension`, { reason })
  assert.equal((await former.get('/operator/runs')).status, 403)
  await world.sql`update everjust.users set suspended_at = null, suspended_reason = null, blocked_at = now()
    where id = ${former.id}`
  assert.equal((await former.get('/operator/runs')).status, 403)
})

test('everybody is told what an operator announces, from its moment until its end', async () => {
  const told = async () => (await world.anonymous.get('/settings/announcements')).body.items
  const [past, soon] = [new Date(Date.now() - 60_000), new Date(Date.now() + 3_600_000)].map((at) => at.toISOString())
  const words = { en: 'We move house on Sunday.', de: 'Am Sonntag ziehen wir um.' }
  const now = { tone: 'warn', words, from: past, until: soon, dismissible: false }
  const { status, body } = await operator.post('/operator/announcements', now)
  assert.equal(status, 201, JSON.stringify(body))
  await operator.post('/operator/announcements', { ...now, from: soon, until: null })
  assert.deepEqual(await told(), [{ id: body.id, ...now }])
  assert.equal((await operator.get('/operator/announcements')).body.items.length, 2)
  assert.equal((await operator.delete(`/operator/announcements/${body.id}`)).status, 204)
  assert.deepEqual(await told(), [])
  assert.equal((await operator.delete(`/operator/announcements/${body.id}`)).status, 404)
  assert.deepEqual(
    (await deeds(body.id)).map(({ actor, action }) => [actor, action]),
    [
      [operator.id, 'operator.announcement.add'],
      [operator.id, 'operator.announcement.end'],
    ],
  )
})

test('an announcement that says nothing, or is over before it begins, is refused', async () => {
  const right = { tone: 'news', words: { en: 'Hello.', de: null }, from: '2090-01-01T00:00:00.000Z', until: null }
  const wrong = [
    { ...right, words: { en: ' ', de: null } },
    { ...right, words: { de: 'Hallo.' } },
    { ...right, until: '2089-01-01T00:00:00.000Z' },
    { ...right, from: '2020-01-01T00:00:00.000Z', until: '2021-01-01T00:00:00.000Z' },
    { ...right, tone: 'loud' },
  ]
  for (const one of wrong) {
    const { status } = await operator.post('/operator/announcements', { dismissible: true, ...one })
    assert.equal(status, 400, JSON.stringify(one))
  }
})

test('what is switched off is refused, for those it is off for alone', async () => {
  const [person, other] = [await world.signIn('without@example.com'), await world.signIn('with@example.com')]
  const path = `/operator/flags/teams/organizations/${person.organizationId}`
  assert.equal((await operator.put(path, { on: false })).status, 200)
  const refused = await person.post('/organizations', { name: 'Ships' })
  assert.deepEqual([refused.status, refused.body.code], [403, 'switched_off'])
  assert.deepEqual((await person.get('/user')).body.organizations[0].flags, ['prompt-improvement'])
  assert.equal((await other.post('/organizations', { name: 'Ships' })).status, 201)
  const { body } = await operator.get('/operator/flags')
  assert.deepEqual(body.items[0], {
    name: 'teams',
    percent: 100,
    exceptions: [{ id: person.organizationId, name: 'without', on: false }],
  })
  assert.equal((await operator.delete(path)).status, 200)
  assert.equal((await person.post('/organizations', { name: 'Ships' })).status, 201)
  assert.equal((await operator.delete(path)).status, 404)
})

test('with a growing share organizations come in and none goes out', async () => {
  const own = await openWorld({ after })
  const ops = await own.signIn('ops@example.com', [operatorPermission])
  const people = await Promise.all(Array.from({ length: 12 }, (_, n) => own.signIn(`many-${n}@example.com`)))
  const isIn = async () => {
    const users = await Promise.all(people.map((person) => person.get('/user')))
    return users.map(({ body }) => body.organizations[0].flags.includes('teams') as boolean)
  }
  let before = people.map(() => false)
  for (const percent of [0, 30, 60, 100]) {
    assert.equal((await ops.put('/operator/flags/teams', { percent })).status, 200)
    const now = await isIn()
    assert.ok(
      before.every((was, at) => !was || now[at]),
      `somebody went out at ${percent}`,
    )
    if (percent === 0) assert.ok(!now.includes(true))
    before = now
  }
  assert.ok(!before.includes(false))
})

test('a switch that nobody knows, or a share of more than all, is refused', async () => {
  assert.equal((await operator.put('/operator/flags/everything', { percent: 1 })).status, 404)
  assert.equal((await operator.put('/operator/flags/teams', { percent: 101 })).status, 400)
  const nobody = newId('organization')
  assert.equal((await operator.put(`/operator/flags/teams/organizations/${nobody}`, { on: true })).status, 404)
})
