import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { ProjectId } from '../../lib/contract/ids.ts'
import { tierTable } from '../../lib/domain/tiers.ts'
import { makeTeam, openWorld, type Answer, type Caller } from '../world.ts'
import { takeRoomBack } from '../world/room.ts'

const world = await openWorld({ after })
const { sql } = world
const hour = 3_600

async function newcomer(name: string) {
  const person = await world.signIn(`${name}@example.com`)
  await takeRoomBack(sql, person.organizationId)
  return person
}

/** Made by the database's owner: people may not make as many in a minute. */
async function projectsOf({ id, organizationId }: { id: string; organizationId: string }, count: number) {
  return sql<{ id: ProjectId }[]>`
    insert into everjust.projects (id, organization_id, created_by, name, template, visibility)
    select 'prj_' || lpad(n::text, 12, '0') || substr(${organizationId}, 5, 8), ${organizationId}, ${id}, 'One of many', 'static', 'private'
    from generate_series(1, ${count}) n returning id`.then((rows) => rows.map((row) => row.id))
}

const wake = (caller: Caller, projectId: ProjectId) => caller.post(`/projects/${projectId}/sandbox`)

/** On a busy machine a few of a crowd wait longer than a request may: they are told so, and ask again. */
async function wakeInTheEnd(caller: Caller, projectId: ProjectId): Promise<Answer> {
  for (;;) {
    const answer = await wake(caller, projectId)
    if (answer.status !== 503) return answer
  }
}
const counted = (answers: readonly Answer[]) =>
  Object.fromEntries([...Map.groupBy(answers, ({ status }) => status)].map(([status, { length }]) => [status, length]))

test('of 200 who wake a sandbox at once as many get one as the tier allows', async () => {
  const people = await Promise.all(Array.from({ length: 8 }, (_, n) => world.signIn(`crowd-${n}@example.com`)))
  const team = await makeTeam(
    world,
    people.map(({ id }) => ({ id, role: 'editor' as const })),
  )
  await takeRoomBack(sql, team)
  const projects = await projectsOf({ id: people[0]?.id ?? '', organizationId: team }, 200)
  const callers = await Promise.all(people.map(async ({ token }) => (await world.instance()).withToken(token)))
  const answers = await Promise.all(
    projects.map((id, n) => wakeInTheEnd(callers[n % callers.length] ?? world.anonymous, id)),
  )
  const most = tierTable.team.limits.sandboxesAtOnce
  assert.deepEqual(counted(answers), { 202: most, 429: 200 - most })
  const refused = answers.find(({ status }) => status === 429)
  assert.equal(refused?.body.code, 'too_many_sandboxes')
  assert.match(refused?.body.detail, /^10 of 10 sandboxes are at work/)
  assert.ok(Number(refused?.headers['retry-after']) > 0)
  const [row] = await sql`
    select count(*)::int as awake from everjust.sandboxes b join everjust.projects p on p.id = b.project_id
    where p.organization_id = ${team} and b.state = 'starting'`
  assert.equal(row?.['awake'], most)
})

test('of 200 who wake a sandbox at once none gets one when the hours are used up, and all hear until when', async () => {
  const people = await Promise.all(Array.from({ length: 8 }, (_, n) => world.signIn(`late-${n}@example.com`)))
  const team = await makeTeam(
    world,
    people.map(({ id }) => ({ id, role: 'editor' as const })),
  )
  await takeRoomBack(sql, team)
  const most = tierTable.team.limits.sandboxHoursPerMonth * hour
  const use = (seconds: number) => sql`
    insert into everjust.quotas (organization_id, metric, period, used)
    values (${team}, 'sandbox_seconds', date_trunc('month', now() at time zone 'UTC'), ${seconds})
    on conflict (organization_id, metric, period) do update set used = excluded.used`
  const projects = await projectsOf({ id: people[0]?.id ?? '', organizationId: team }, 200)
  const callers = await Promise.all(people.map(async ({ token }) => (await world.instance()).withToken(token)))
  const all = () =>
    Promise.all(projects.map((id, n) => wakeInTheEnd(callers[n % callers.length] ?? world.anonymous, id)))
  await use(most)
  const answers = await all()
  assert.deepEqual(counted(answers), { 402: 200 })
  for (const { body, headers } of answers) {
    assert.equal(body.code, 'payment_required')
    assert.ok(Number(headers['retry-after']) > 0)
  }
  // With a second left the places decide, however many ask for them.
  await use(most - 1)
  const atOnce = tierTable.team.limits.sandboxesAtOnce
  assert.deepEqual(counted(await all()), { 202: atOnce, 429: 200 - atOnce })
})

test('the sandbox that nobody works in sleeps when another of its organization wakes', async () => {
  const ada = await newcomer('ada')
  const [first, second] = await projectsOf(ada, 2)
  assert.ok(first && second)
  assert.equal((await wake(ada, first)).status, 202)
  assert.equal((await wake(ada, second)).status, 429, 'the first is on its way')
  await sql`update everjust.sandboxes set state = 'started' where project_id = ${first}`
  assert.equal((await wake(ada, second)).status, 202)
  assert.equal((await ada.get(`/projects/${first}/sandbox`)).body.state, 'stopping')
  const [job] = await sql`select kind from everjust.jobs where project_id = ${first} and kind = 'stop-sandbox'`
  assert.ok(job, 'it is stopped at the provider too')
})

test('a run keeps its sandbox: another is refused until it has ended', async () => {
  const bob = await newcomer('bob')
  const [first, second] = await projectsOf(bob, 2)
  assert.ok(first && second)
  const build = (id: ProjectId) => bob.post(`/projects/${id}/generate`, { prompt: 'a page' })
  assert.equal((await build(first)).status, 202)
  const refused = await build(second)
  assert.deepEqual([refused.status, refused.body.code], [429, 'too_many_sandboxes'])
  assert.equal((await bob.get('/user/usage')).body.generations.reserved, 1, 'nothing is set aside for what was refused')
})

test('time is counted while a sandbox is started, by the change of its state, in the month that it lay in', async () => {
  const cleo = await newcomer('cleo')
  const [projectId] = await projectsOf(cleo, 1)
  assert.ok(projectId)
  await sql`insert into everjust.sandboxes (project_id, state) values (${projectId}, 'started')`
  await sql`alter table everjust.sandboxes disable trigger metered`
  await sql`
    update everjust.sandboxes set metered_at = date_trunc('month', now() at time zone 'UTC') at time zone 'UTC' - interval '1 hour'
    where project_id = ${projectId}`
  await sql`alter table everjust.sandboxes enable trigger metered`
  await sql`update everjust.sandboxes set state = 'stopping' where project_id = ${projectId}`
  const rows = await sql<{ settled: string; used: string }[]>`
    select l.settled, q.used from everjust.ledger l
    join everjust.quotas q using (organization_id, metric, period)
    where l.project_id = ${projectId} and l.metric = 'sandbox_seconds' order by l.period`
  assert.equal(rows.length, 2)
  assert.equal(Number(rows[0]?.settled), hour)
  for (const { settled, used } of rows) assert.equal(used, settled)
})

test('who used up the hours of the month is told when they start anew, and what else to do', async () => {
  const dan = await newcomer('dan')
  const [projectId] = await projectsOf(dan, 1)
  assert.ok(projectId)
  const { sandboxHoursPerMonth } = tierTable.free.limits
  const use = (hours: number) => sql`
    insert into everjust.quotas (organization_id, metric, period, used)
    values (${dan.organizationId}, 'sandbox_seconds', date_trunc('month', now() at time zone 'UTC'), ${hours * hour})
    on conflict (organization_id, metric, period) do update set used = excluded.used`
  await use(sandboxHoursPerMonth)
  const refused = await wake(dan, projectId)
  assert.deepEqual([refused.status, refused.body.code], [402, 'payment_required'])
  assert.match(refused.body.detail, /^10\.0 of the 10 sandbox hours .* start anew on \d{4}-\d\d-01; .*\/pricing/)
  assert.ok(Number(refused.headers['retry-after']) > 0)
  assert.equal((await dan.post(`/projects/${projectId}/generate`, { prompt: 'a page' })).status, 402)
  await use(sandboxHoursPerMonth - 1)
  assert.equal((await wake(dan, projectId)).status, 202)
})
