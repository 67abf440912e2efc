import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { newId, type OrganizationId, type ProjectId } from '../../lib/contract/ids.ts'
import { reservationFor } from '../../lib/domain/quota.ts'
import { tierTable } from '../../lib/domain/tiers.ts'
import { ledgerStore } from '../../lib/store/ledger.ts'
import { openDatabase, type Database } from '../../lib/store/sql.ts'
import { accountOf, mistakes, openStage, success } from '../jobs/stage.ts'
import { makeTeam, type SignedIn } from '../world.ts'

const stage = await openStage({ after })
const { world } = stage

const begun: { by: SignedIn; path: string }[] = []

async function asks(by: SignedIn, projectId: string, wish: Record<string, unknown> = {}) {
  const answer = await by.post(`/projects/${projectId}/generate`, { prompt: 'a habit tracker', ...wish })
  if (answer.status === 202) begun.push({ by, path: `/projects/${projectId}/generations/${answer.body.id}` })
  return answer
}

const ask = async (by: SignedIn, wish?: Record<string, unknown>) => asks(by, await stage.project(by), wish)

async function cancel(by: SignedIn, { projectId, id }: { projectId: string; id: string }): Promise<void> {
  assert.equal((await by.post(`/projects/${projectId}/generations/${id}/cancel`)).status, 200)
}

const nextMonth = () => {
  const now = new Date()
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1)).toISOString().slice(0, 10)
}

test('without caps there are none, and what a person sets is kept', async () => {
  const ada = await stage.person()
  assert.deepEqual((await ada.get('/user/caps')).body, { runMicros: null, monthMicros: null })
  const caps = { runMicros: 200_000, monthMicros: 900_000 }
  assert.deepEqual((await ada.put('/user/caps', caps)).body, caps)
  assert.deepEqual((await ada.get('/user/caps')).body, caps)
  assert.equal((await ada.put('/user/caps', { runMicros: -1, monthMicros: null })).status, 400)
  const usage = (await ada.get('/user/usage')).body.caps
  assert.deepEqual(usage, {
    runMicros: 200_000,
    organization: { monthMicros: null, takenMicros: 0 },
    member: { monthMicros: null, takenMicros: 0 },
    person: { monthMicros: 900_000, takenMicros: 0 },
  })
  const made = await ask(ada)
  assert.deepEqual([made.status, made.body.cost.atMostMicros], [202, 200_000])
  assert.equal((await ada.get('/user/usage')).body.caps.person.takenMicros, 200_000)
  await cancel(ada, made.body)
  assert.equal((await ada.get('/user/usage')).body.caps.person.takenMicros, 0)
})

test('a person who sets no room for one run is told the cap', async () => {
  const ada = await stage.person()
  await ada.put('/user/caps', { runMicros: 10_000, monthMicros: null })
  const { status, body } = await ask(ada)
  assert.deepEqual(
    [status, body.code, body.detail],
    [
      402,
      'payment_required',
      'Your own limit for one run is $0.0100, less than this run needs at least. It is changed in your settings.',
    ],
  )
})

test('what a month has left is what a run may cost, and when too little is left the answer says when it resets', async () => {
  const ada = await stage.person()
  await ada.put('/user/caps', { runMicros: null, monthMicros: 700_000 })
  const first = (await ask(ada)).body
  assert.equal(first.cost.atMostMicros, 500_000)
  const second = (await ask(ada)).body
  assert.equal(second.cost.atMostMicros, 200_000)
  const third = await ask(ada)
  assert.equal(third.status, 402)
  assert.equal(
    third.body.detail,
    `Your own limit for a month is $0.70: $0.70 are used or set aside, $0.00 are left. It starts anew on ${nextMonth()}, and is changed in your settings.`,
  )
  for (const made of [first, second]) await cancel(ada, made)
  assert.equal((await ask(ada)).status, 202)
  assert.deepEqual(await mistakes(world), [])
})

test('an organization caps what all of its people cost together, and each is capped by own caps too', async () => {
  const [ada, ben] = [await stage.person(), await stage.person()]
  const team = await makeTeam(world, [
    { id: ada.id, role: 'admin' },
    { id: ben.id, role: 'editor' },
  ])
  assert.equal((await ben.put(`/organizations/${team}/engine`, { caps: { runMicros: 1, monthMicros: 1 } })).status, 403)
  const caps = { runMicros: 400_000, monthMicros: 700_000 }
  assert.deepEqual((await ada.put(`/organizations/${team}/engine`, { caps })).body.caps, caps)
  await ben.put('/user/caps', { runMicros: 100_000, monthMicros: null })
  const inTeam = async (by: SignedIn) => {
    const { body } = await by.post('/projects', { name: 'x', organizationId: team })
    return asks(by, body.id)
  }
  const made = [await inTeam(ada), await inTeam(ben), await inTeam(ada)]
  assert.deepEqual(
    made.map(({ body }) => body.cost.atMostMicros),
    [400_000, 100_000, 200_000],
  )
  assert.match(
    (await inTeam(ben)).body.detail,
    /^The limit of your organization for a month is \$0\.70: .* and is changed by an admin, in the settings\.$/,
  )
  // What somebody else of the team stops returns to whom it was set aside for.
  await cancel(ada, made[1]?.body)
  assert.deepEqual(await mistakes(world), [])
})

test('of 200 who ask at once under a cap of 50 runs exactly 50 begin, and not one micro more is set aside', async () => {
  const grace = await stage.person()
  await world.sql`update everjust.organizations set tier = 'enterprise' where id = ${grace.organizationId}`
  await grace.put('/user/caps', { runMicros: null, monthMicros: 5_000_000 })
  const projects = Array.from({ length: 200 }, () => newId('project'))
  await world.sql`
    insert into everjust.projects (id, organization_id, created_by, name, template, visibility)
    select id, ${grace.organizationId}, ${grace.id}, 'x', 'react', 'private'
    from jsonb_array_elements_text(${world.sql.json(projects)}) as id`
  const waiting = [...projects]
  const outcomes: string[] = []
  const caller = async () => {
    const database = openDatabase(world.settings['DATABASE_URL'] ?? '')
    for (let next = waiting.pop(); next; next = waiting.pop()) outcomes.push(await begin(database, grace, next))
    await database.close()
  }
  await Promise.all(Array.from({ length: 12 }, caller))
  assert.equal(outcomes.filter((outcome) => outcome === 'begun').length, 50)
  assert.equal(outcomes.filter((outcome) => outcome === 'person month').length, 150)
  const [set] = await world.sql`select reserved::int from everjust.person_spending where user_id = ${grace.id}`
  assert.equal(set?.['reserved'], 5_000_000)
  assert.deepEqual(await mistakes(world), [])
  await world.sql`delete from everjust.projects where created_by = ${grace.id}`
  await world.sql`delete from everjust.ledger where user_id = ${grace.id}`
  await world.sql`delete from everjust.quotas where organization_id = ${grace.organizationId}`
  await world.sql`delete from everjust.person_spending where user_id = ${grace.id}`
})

/** Begins as `generate` does; what does not fit is rolled back. */
async function begin(database: Database, { id: userId, organizationId }: SignedIn, projectId: ProjectId) {
  const principal = { kind: 'user', userId, scopes: 'all' } as const
  const wish = {
    id: newId('generation'),
    projectId,
    organizationId: organizationId as OrganizationId,
    requestedBy: userId,
  }
  const terms = reservationFor(tierTable.enterprise.limits, new Date(), { capMicros: 100_000, leastMicros: 100_000 })
  class Unfit extends Error {}
  return database
    .as(principal, async (transaction) => {
      const made = await ledgerStore(transaction).begin({ ...wish, prompt: 'x', model: 'scripted-1' }, terms)
      if ('why' in made) throw new Unfit([made.whose, made.why].filter(Boolean).join(' '))
      return 'begun'
    })
    .catch((error: unknown) => {
      if (error instanceof Unfit) return error.message
      throw error
    })
}

test('whoever lowers the price by hand gets it, down to what one request needs', async () => {
  const ada = await stage.person()
  const made = await ask(ada, { atMostMicros: 90_000 })
  assert.deepEqual([made.status, made.body.cost.atMostMicros], [202, 90_000])
  assert.deepEqual(await accountOf(world, made.body.id), { generations: 'reserved 0', micros: 'reserved 0' })
  await cancel(ada, made.body)
  const refused = await ask(ada, { atMostMicros: 5_000 })
  assert.deepEqual([refused.status, refused.body.code], [400, 'invalid_request'])
  assert.match(refused.body.detail, /^A run with this request needs at least \$0\.0\d{3} \(\d{5} micros\)\.$/)
})

test('what a run did not use returns to the month', async () => {
  const ada = await stage.person()
  await ada.put('/user/caps', { runMicros: null, monthMicros: 500_000 })
  const run = await stage.start(ada)
  assert.equal((await ask(ada)).status, 402)
  await run.runner.post(`${run.reports}/end`, success)
  assert.equal((await ask(ada)).status, 202)
})

test('nothing is left behind', async () => {
  for (const { by, path } of begun) await by.post(`${path}/cancel`)
  await stage.drain()
  assert.deepEqual(await mistakes(world), [])
  const [left] = await world.sql`select sum(reserved)::int as reserved from everjust.person_spending`
  assert.equal(left?.['reserved'], 0)
  await world.settled()
})
