import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { newId, type OrganizationId, type ProjectId } from '../../lib/contract/ids.ts'
import type { Limits } from '../../lib/contract/limits.ts'
import { reservationFor } from '../../lib/domain/quota.ts'
import { tierTable } from '../../lib/domain/tiers.ts'
import { ledgerStore } from '../../lib/store/ledger.ts'
import { openDatabase } from '../../lib/store/sql.ts'
import { mistakes, openStage } from '../jobs/stage.ts'
import { makeTeam, type SignedIn } from '../world.ts'

const stage = await openStage({ after })
const { world } = stage

async function openTeam() {
  const [owner, admin, editor] = [await stage.person(), await stage.person(), await stage.person()]
  const team = await makeTeam(world, [
    { id: owner.id, role: 'owner' },
    { id: admin.id, role: 'admin' },
    { id: editor.id, role: 'editor' },
  ])
  const caps = (who: SignedIn) => `/organizations/${team}/caps/${who.id}`
  const project = async (by: SignedIn) =>
    (await by.post('/projects', { name: 'x', organizationId: team })).body.id as ProjectId
  return { owner, admin, editor, team: team as OrganizationId, caps, project }
}

const ask = (by: SignedIn, projectId: ProjectId) =>
  by.post(`/projects/${projectId}/generate`, { prompt: 'a habit tracker' })
const cancel = (by: SignedIn, { projectId, id }: { projectId: ProjectId; id: string }) =>
  by.post(`/projects/${projectId}/generations/${id}/cancel`)

test('an admin caps a member, who is told whose limit it is; elsewhere the member goes on', async () => {
  const { admin, editor, team, caps, project } = await openTeam()
  const set = await admin.put(caps(editor), { runMicros: 300_000, monthMicros: 310_000 })
  assert.deepEqual([set.status, set.body], [200, { runMicros: 300_000, monthMicros: 310_000 }])
  const first = await ask(editor, await project(editor))
  assert.equal(first.body.cost.atMostMicros, 300_000)
  const { body: usage } = await editor.get(`/user/usage?organizationId=${team}`)
  assert.deepEqual(usage.caps.member, { monthMicros: 310_000, takenMicros: 300_000 })
  const listed = (await admin.get(`/organizations/${team}/caps`)).body.items
  assert.equal(listed.find(({ userId }: { userId: string }) => userId === editor.id).takenMicros, 300_000)
  const refused = await ask(editor, await project(editor))
  assert.deepEqual([refused.status, refused.body.code], [402, 'payment_required'])
  assert.match(
    refused.body.detail,
    /^The limit that an admin set for you for a month is \$0\.31: \$0\.30 are used or set aside, \$0\.0100 are left\./,
  )
  assert.ok(Number(refused.headers['retry-after']) > 0)
  const own = await ask(editor, await stage.project(editor))
  assert.equal(own.status, 202, 'in the own organization nobody capped')
  assert.equal((await ask(admin, await project(admin))).status, 202, 'another member is not held by it')
  await cancel(editor, first.body)
  assert.equal((await ask(editor, await project(editor))).status, 202, 'what is given back may be used')
  assert.deepEqual(await mistakes(world), [])
})

test('only owners cap owners; editors cap nobody', async () => {
  const { owner, admin, editor, caps } = await openTeam()
  const none = { runMicros: null, monthMicros: null }
  assert.equal((await admin.put(caps(owner), none)).status, 403)
  assert.equal((await owner.put(caps(owner), none)).status, 200)
  assert.equal((await editor.put(caps(editor), none)).status, 403)
  assert.equal((await admin.put(caps(await stage.person()), none)).status, 404)
})

/** 200 runs asked for at once, each in a project of its own; answers how often each outcome came. */
async function askAtOnce(by: SignedIn, team: OrganizationId, limits: Limits) {
  const projects = Array.from({ length: 200 }, () => newId('project'))
  await world.sql`
    insert into everjust.projects (id, organization_id, created_by, name, template, visibility)
    select id, ${team}, ${by.id}, 'x', 'react', 'private' from jsonb_array_elements_text(${world.sql.json(projects)}) as id`
  const principal = { kind: 'user', userId: by.id, scopes: 'all' } as const
  const terms = reservationFor(limits, new Date(), { capMicros: 20_000, leastMicros: 20_000 })
  const outcomes: string[] = []
  const caller = async () => {
    const database = openDatabase(world.settings['DATABASE_URL'] ?? '')
    for (let projectId = projects.pop(); projectId; projectId = projects.pop()) {
      const wish = { projectId, organizationId: team, requestedBy: by.id, prompt: 'x', model: 'scripted-1' }
      const made = await database.as(principal, (transaction) =>
        ledgerStore(transaction).begin({ ...wish, id: newId('generation') }, terms),
      )
      outcomes.push('why' in made ? [made.whose, made.why].filter(Boolean).join(' ') : 'begun')
    }
    await database.close()
  }
  await Promise.all(Array.from({ length: 12 }, caller))
  return Object.fromEntries([...Map.groupBy(outcomes, (each) => each)].map(([each, { length }]) => [each, length]))
}

test('of 200 runs of a capped member at once no more begin than the cap allows, to the micro', async () => {
  const { admin, editor, team, caps } = await openTeam()
  await admin.put(caps(editor), { runMicros: null, monthMicros: 1_000_000 })
  const outcomes = await askAtOnce(editor, team, tierTable.enterprise.limits)
  assert.deepEqual(outcomes, { begun: 50, 'member month': 150 })
  assert.deepEqual(await mistakes(world), [])
})

test('of 200 runs at once exactly as many begin as the tier allows in a month', async () => {
  const { editor, team } = await openTeam()
  const { limits } = tierTable.free
  const outcomes = await askAtOnce(editor, team, limits)
  assert.deepEqual(outcomes, { begun: limits.generationsPerMonth, generations: 200 - limits.generationsPerMonth })
  assert.deepEqual(await mistakes(world), [])
})
