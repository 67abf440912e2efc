import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { newId, type OrganizationId, type ProjectId } from '../../lib/contract/ids.ts'
import { periodOf, reservationFor } from '../../lib/domain/quota.ts'
import { tierTable } from '../../lib/domain/tiers.ts'
import { improvementStore } from '../../lib/store/improvements.ts'
import { ledgerStore } from '../../lib/store/ledger.ts'
import { openDatabase, type Transaction } from '../../lib/store/sql.ts'
import { mistakes, openStage } from '../jobs/stage.ts'
import { makeTeam, type SignedIn } from '../world.ts'

const stage = await openStage({ after })
const { world } = stage
const none = { runMicros: null, monthMicros: null }

const ask = (by: SignedIn, projectId: string) =>
  by.post(`/projects/${projectId}/generate`, { prompt: 'a habit tracker' })

async function cancel(by: SignedIn, { projectId, id }: { projectId: string; id: string }): Promise<void> {
  assert.equal((await by.post(`/projects/${projectId}/generations/${id}/cancel`)).status, 200)
}

/** A team with a project: its admin, an editor, and where its limits are read and set. */
async function openTeam() {
  const [admin, editor] = [await stage.person(), await stage.person()]
  const organizationId = await makeTeam(world, [
    { id: admin.id, role: 'admin' },
    { id: editor.id, role: 'editor' },
  ])
  const { body } = await admin.post('/projects', { name: 'Ours', organizationId })
  return { admin, editor, organizationId, projectId: body.id as ProjectId, limits: `/workshop/${body.id}/limits` }
}

test('a project has limits beside those of its organization and of who asks, and admins alone set them', async () => {
  const { admin, editor, organizationId, projectId, limits } = await openTeam()
  await admin.put(`/organizations/${organizationId}/engine`, { caps: { ...none, monthMicros: 3_000_000 } })
  await editor.put('/user/caps', { runMicros: 400_000, monthMicros: null })
  assert.equal((await editor.put(limits, none)).status, 403)
  const set = (await admin.put(limits, { runMicros: 300_000, monthMicros: 900_000 })).body
  assert.equal(set.mayChange, true)
  const { body } = await editor.get(limits)
  assert.deepEqual(body, {
    tierRunMicros: body.tierRunMicros,
    resetsAt: set.resetsAt,
    mayChange: false,
    limits: [
      { whose: 'project', runMicros: 300_000, monthMicros: 900_000, takenMicros: 0 },
      { whose: 'organization', runMicros: null, monthMicros: 3_000_000, takenMicros: 0 },
      { whose: 'person', runMicros: 400_000, monthMicros: null, takenMicros: 0 },
    ],
  })
  const told = await world.sql<{ action: string }[]>`
    select action from everjust.audit_log where subject = ${projectId} and action like 'project.limits%'`
  assert.equal(told.length, 1)
})

test('the lowest limit is the price, and a refusal says whose it is, what is left and where it is changed', async () => {
  const { admin, editor, projectId, limits } = await openTeam()
  const quote = async () => (await editor.post(`/conversations/${projectId}/quote`, { prompt: 'a habit tracker' })).body
  await admin.put(limits, { runMicros: 300_000, monthMicros: null })
  assert.deepEqual(
    [(await quote()).atMostMicros, (await quote()).cap],
    [300_000, { why: 'run', whose: 'project', mostMicros: 300_000, leavesMicros: 300_000 }],
  )
  const first = (await ask(editor, projectId)).body
  assert.equal(first.cost.atMostMicros, 300_000)
  assert.equal((await editor.get(limits)).body.limits[0].takenMicros, 300_000)
  await cancel(editor, first)
  assert.equal((await editor.get(limits)).body.limits[0].takenMicros, 0)
  await admin.put(limits, { runMicros: 300_000, monthMicros: 10_000 })
  const refused = await ask(editor, projectId)
  assert.deepEqual([refused.status, refused.body.code], [402, 'payment_required'])
  assert.match(
    refused.body.detail,
    /^The limit of this project for a month is \$0\.0100: \$0\.00 are used or set aside, \$0\.0100 are left\. .* in the settings of the project\.$/,
  )
  assert.equal((await quote()).objection, refused.body.detail)
  // Other projects of the same people have their own.
  assert.equal((await ask(editor, await stage.project(editor))).status, 202)
})

test('who asks for better words is held by the limit of the project too', async () => {
  const { admin, editor, projectId, limits } = await openTeam()
  await admin.put(limits, { runMicros: null, monthMicros: 10 })
  const { status } = await editor.post(`/conversations/${projectId}/improve?wait=0`, { prompt: 'a habit tracker' })
  assert.equal(status, 402)
})

test('of 200 who ask at once in a project with a limit no more begin than it allows, to the micro', async () => {
  const { admin, organizationId, projectId, limits } = await openTeam()
  assert.equal((await admin.put(limits, { runMicros: null, monthMicros: 1_000_000 })).status, 200)
  // Only now: whoever signed in by one factor changes nothing in that tier.
  await world.sql`update everjust.organizations set tier = 'enterprise' where id = ${organizationId}`
  const principal = { kind: 'user', userId: admin.id, scopes: 'all' } as const
  const wish = {
    projectId,
    organizationId: organizationId as OrganizationId,
    requestedBy: admin.id,
    model: 'scripted-1',
  }
  const period = periodOf(new Date())
  const words = (transaction: Transaction, n: number) =>
    improvementStore(transaction).begin({
      ...{ ...wish, id: newId('improvement'), prompt: `x${n}`, ownKey: false, mostPerMonth: null, period },
      mostMicros: 20_000,
    })
  const run = async (transaction: Transaction, n: number) => {
    const terms = reservationFor(tierTable.enterprise.limits, new Date(), { capMicros: 200_000, leastMicros: 200_000 })
    const made = await ledgerStore(transaction).begin({ ...wish, id: newId('generation'), prompt: `x${n}` }, terms)
    return 'why' in made ? made.why : 'a run'
  }
  const waiting = Array.from({ length: 200 }, (_, n) => n)
  const outcomes: string[] = []
  const caller = async () => {
    const database = openDatabase(world.settings['DATABASE_URL'] ?? '')
    for (let n = waiting.pop(); n !== undefined; n = waiting.pop()) {
      const asks = n === 199 ? run : words
      outcomes.push(await database.as(principal, (transaction) => asks(transaction, n)))
    }
    await database.close()
  }
  await Promise.all(Array.from({ length: 12 }, caller))
  const count = (wanted: string) => outcomes.filter((outcome) => outcome === wanted).length
  // Whether the run came before the limit was reached or after it, what is set aside is all of it and not one micro more.
  assert.equal(count('a run') * 200_000 + count('begun') * 20_000, 1_000_000, outcomes.join())
  assert.equal(count('a run') + count('month') + count('begun') + count('used_up'), 200)
  const [sum] = await world.sql`select reserved::int from everjust.project_spending where project_id = ${projectId}`
  assert.equal(sum?.['reserved'], 1_000_000)
  assert.deepEqual(await mistakes(world), [])
})

test('the model of a project is used when nobody chooses one, as long as the organization allows it', async () => {
  const { admin, editor, organizationId, projectId } = await openTeam()
  const change = (defaultModel: string | null) => editor.put(`/projects/${projectId}`, { defaultModel })
  assert.equal((await editor.get(`/projects/${projectId}`)).body.defaultModel, null)
  assert.equal((await change('scripted-mini')).body.defaultModel, 'scripted-mini')
  assert.equal((await change('no-such-model')).status, 400)
  const quote = async () => (await editor.post(`/conversations/${projectId}/quote`, { prompt: 'x' })).body.model
  assert.equal(await quote(), 'scripted-mini')
  const { body } = await ask(editor, projectId)
  assert.equal(body.model, 'scripted-mini')
  await cancel(editor, body)
  await admin.put(`/organizations/${organizationId}/engine`, { models: ['scripted-1'] })
  assert.equal(await quote(), 'scripted-1')
  assert.equal((await change('scripted-mini')).status, 400)
  await change(null)
  const told = await world.sql<{ action: string }[]>`
    select action from everjust.audit_log where subject = ${projectId} and action like 'project.model%' order by id`
  assert.deepEqual(
    told.map(({ action }) => action),
    ['project.model.scripted-mini', 'project.model.usual'],
  )
})

test('a project that is cleared away takes its limits along, and what it cost stays in the ledger', async () => {
  const { admin, projectId, limits } = await openTeam()
  await admin.put(limits, { runMicros: null, monthMicros: 1_000_000 })
  await cancel(admin, (await ask(admin, projectId)).body)
  const entries = () => world.sql`select 1 from everjust.ledger where user_id = ${admin.id}`
  const before = (await entries()).length
  await admin.delete(`/projects/${projectId}`)
  await admin.delete(`/library/deleted/${projectId}`)
  await stage.drain()
  assert.equal((await world.sql`select 1 from everjust.caps where owner_id = ${projectId}`).length, 0)
  assert.equal((await entries()).length, before)
  assert.deepEqual(await mistakes(world), [])
})

test('people of other organizations see nothing of a project’s limits in the database either', async () => {
  const { admin, projectId, limits } = await openTeam()
  await admin.put(limits, { runMicros: 1, monthMicros: 2 })
  const stranger = await stage.person()
  await world.sql`update everjust.projects set visibility = 'public' where id = ${projectId}`
  const database = openDatabase(world.settings['DATABASE_URL'] ?? '')
  const seen = await database.as(
    { kind: 'user', userId: stranger.id, scopes: 'all' },
    (transaction) => transaction`select 1 from everjust.caps where owner_id = ${projectId}`,
  )
  await database.close()
  assert.equal(seen.length, 0)
})
