import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { AuditEntry, AuditPage } from '../../lib/contract/audit.ts'
import { verifyAudit } from '../../scripts/audit-chain.ts'
import { makeTeam, openWorld, type Caller } from '../world.ts'

const world = await openWorld({ after })
const owner = await world.signIn('owner@example.com')
const viewer = await world.signIn('viewer@example.com')
const stranger = await world.signIn('stranger@example.com')
const team = await makeTeam(world, [
  { id: owner.id, role: 'owner' },
  { id: viewer.id, role: 'viewer' },
])

const made = await owner.post('/projects', { name: 'Shop', organizationId: team, visibility: 'public' })
assert.equal(made.status, 201, JSON.stringify(made.body))
const project = made.body.id as string

async function read(query = '', caller: Caller = owner): Promise<AuditPage> {
  const { status, body } = await caller.get(`/audit/${team}${query}`)
  assert.equal(status, 200, JSON.stringify(body))
  return body as AuditPage
}
const said = ({ actor, action, subject, outcome }: AuditEntry) => [actor.name, action, subject, outcome]

test('an owner reads who did what, the last first, with a name, a place and the request', async () => {
  await owner.put(`/projects/${project}`, { name: 'Corner shop' })
  const { items, keptDays } = await read()
  assert.deepEqual(items.map(said), [
    ['owner', 'project.update', project, 'done'],
    ['owner', 'project.create', project, 'done'],
  ])
  assert.equal(keptDays, 365)
  assert.deepEqual(
    items.map(({ n }) => n),
    [2, 1],
  )
  assert.ok(items[0]?.requestId)
})

test('what an entry is about has its name of today, while it is there and is the organization’s', async () => {
  const guest = await world.signIn('named-guest@example.com')
  const { body: gone } = await owner.post('/projects', { name: 'Gone', organizationId: team })
  await owner.delete(`/projects/${gone.id}`)
  await world.sql`insert into everjust.project_guests (project_id, user_id, role) values (${project}, ${guest.id}, 'viewer')`
  await owner.delete(`/shares/${project}/guests/${guest.id}`)
  // An id of somebody else's that got into the log names nothing.
  const { body: foreign } = await stranger.post('/projects', { name: 'Secret' })
  await world.sql`insert into everjust.audit_log (organization_id, actor, action, subject)
    values (${team}, 'x', 'project.update', ${foreign.id})`
  const { items } = await read('?limit=4')
  assert.deepEqual(
    items.map(({ action, names }) => [action, names]),
    [
      ['project.update', {}],
      ['guest.remove', { [project]: 'Corner shop', [guest.id]: 'named-guest' }],
      ['project.delete', {}],
      ['project.create', {}],
    ],
  )
})

test('who is denied something stands in the log, a member and a reader of what is public alike', async () => {
  assert.equal((await viewer.delete(`/projects/${project}`)).status, 403)
  assert.equal((await stranger.put(`/projects/${project}`, { name: 'mine' })).status, 403)
  assert.equal((await viewer.get(`/audit/${team}`)).status, 403)
  const { items } = await read('?outcome=denied')
  assert.deepEqual(items.map(said), [
    ['viewer', 'audit.read', team, 'denied'],
    ['stranger', 'project.update', project, 'denied'],
    ['viewer', 'project.delete', project, 'denied'],
  ])
})

test('of the caller’s address a neighbourhood is kept, and the caller’s own word is not taken for it', async () => {
  const from = { 'x-forwarded-for': '198.51.100.1, 203.0.113.77' }
  await owner.put(`/projects/${project}`, { name: 'Shop' }, { headers: from })
  await viewer.delete(`/projects/${project}`, { headers: from })
  const { items } = await read('?limit=2')
  assert.deepEqual(
    items.map(({ origin }) => origin),
    ['203.0.113.0/24', '203.0.113.0/24'],
  )
})

test('filters hold together, and pages neither skip nor repeat', async () => {
  const all = (await read('?limit=100')).items
  const paged: AuditEntry[] = []
  for (let after: number | null | undefined; after !== null;) {
    const page: AuditPage = await read(`?limit=2${after === undefined ? '' : `&after=${after}`}`)
    paged.push(...page.items)
    after = page.next
  }
  assert.deepEqual(paged, all)
  const fits = async (query: string) => (await read(query)).items.map(({ n }) => n)
  const which = (wanted: (entry: AuditEntry) => boolean) => all.filter(wanted).map(({ n }) => n)
  assert.deepEqual(
    await fits('?action=project'),
    which(({ action }) => action.startsWith('project.')),
  )
  assert.deepEqual(
    await fits('?action=project.delete'),
    which(({ action }) => action === 'project.delete'),
  )
  assert.deepEqual(
    await fits(`?actor=${viewer.id}&subject=${project}`),
    which(({ actor, subject }) => actor.id === viewer.id && subject === project),
  )
  const middle = all[2]?.at ?? ''
  assert.deepEqual(
    await fits(`?from=${middle}`),
    which(({ at }) => at >= middle),
  )
  assert.deepEqual(await fits('?action=proj'), [])
  for (const action of ['sign-in.change', 'billing.top-up', 'operator.flag.share', 'member.role'])
    assert.deepEqual(await fits(`?action=${action}`), [], action)
  assert.equal((await owner.get(`/audit/${team}?action=%25`)).status, 400)
})

test('an export has the oldest first, verifiable digests, and is itself recorded', async () => {
  const { status, body } = await owner.get(`/audit/${team}/export`)
  assert.equal(status, 200)
  const { items } = body as AuditPage
  assert.deepEqual(
    items.map(({ n }) => n),
    items.map((_, at) => at + 1),
  )
  assert.ok(items.every(({ digest }) => /^[0-9a-f]{64}$/.test(digest)))
  assert.deepEqual((await read('?limit=1')).items.map(said), [['owner', 'audit.export', team, 'done']])
})

test('the log of one organization is nobody else’s, and all of it is what was recorded', async () => {
  assert.equal((await stranger.get(`/audit/${team}`)).status, 404)
  assert.equal((await stranger.get(`/audit/${team}/export`)).status, 404)
  const { faults, entries } = await verifyAudit(world.sql)
  assert.deepEqual(faults, [])
  assert.ok(entries > 6)
})

test('nothing was left behind', () => world.settled())
