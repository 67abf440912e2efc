import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { OrganizationId, ProjectId } from '../../lib/contract/ids.ts'
import type { SignedIn } from '../world.ts'
import { openPayers } from './payers.ts'
import { openStage, success } from './stage.ts'

const stage = await openStage({ after })
const { world, drain } = stage
const payers = await openPayers(stage)

async function project(owner: SignedIn, organizationId: OrganizationId): Promise<ProjectId> {
  return (await owner.post('/projects', { name: 'Kept', organizationId })).body.id
}

/** Its sandbox is awake, and was used so many minutes ago. */
const awake = (id: ProjectId, minutes: number) => world.sql`
  insert into everjust.sandboxes (project_id, state, used_at)
  values (${id}, 'started', now() - make_interval(mins => ${minutes}))
  on conflict (project_id) do update set state = 'started', used_at = excluded.used_at`

async function statesOf(ids: readonly ProjectId[]): Promise<unknown[]> {
  const rows = await world.sql`select project_id, state from everjust.sandboxes where project_id in ${world.sql(ids)}`
  return ids.map((id) => rows.find((row) => row['project_id'] === id)?.['state'])
}

test('who goes down loses nothing: a run ends as it began, sandboxes beyond the plan sleep, and with a plan all comes back', async () => {
  const { owner, organizationId } = await payers.team(2)
  // What the tier says, and nothing beside it.
  await world.sql`update everjust.organizations set limits = null where id = ${organizationId}`
  const [running, latest, older] = [
    await project(owner, organizationId),
    await project(owner, organizationId),
    await project(owner, organizationId),
  ]
  const run = await stage.start(owner, running)
  await awake(running, 9)
  await awake(latest, 1)
  await awake(older, 4)
  await stage.minute()
  await drain()
  assert.deepEqual(await statesOf([running, latest, older]), ['started', 'started', 'started'])

  const { body: portal } = await owner.post(`/billing/${organizationId}/portal`)
  await payers.submit(portal.url, { does: 'cancel' })
  await payers.billing.advance(32)
  await payers.hear()
  assert.deepEqual(await payers.granted(organizationId), ['free', 1])
  await stage.minute()
  await drain()
  // Free has one at once, and that is the one that a run needs.
  const [first, ...others] = await statesOf([running, latest, older])
  assert.equal(first, 'started')
  for (const state of others) assert.notEqual(state, 'started')
  const { status } = await run.runner.post(`${run.reports}/end`, success)
  assert.ok(status < 300)
  await drain()
  for (const id of [running, latest, older]) assert.equal((await owner.get(`/projects/${id}`)).status, 200)

  // What was used on the larger plan is more than this one has: no more of it begins, and it says why.
  await world.sql`update everjust.quotas set used = 60 where organization_id = ${organizationId} and metric = 'generations'`
  const refused = await owner.post(`/projects/${running}/generate`, { prompt: 'a habit tracker' })
  assert.deepEqual([refused.status, /^50 of the 50 requests/.test(refused.body.detail)], [402, true])

  await world.sql`
    insert into everjust.blobs (project_id, sha256, size) values (${latest}, ${'0'.repeat(64)}, ${2 * 2 ** 30})`
  const rests = async () => (await owner.get(`/billing/${organizationId}/over`)).body.items
  assert.deepEqual(await rests(), [
    { what: 'requests', used: 60, limit: 50, project: null },
    { what: 'storage', used: 2 * 2 ** 30, limit: 2 ** 30, project: { projectId: latest, name: 'Kept' } },
  ])

  await payers.submit(await payers.checkOut(owner, organizationId, 2), { card: '4242424242424242' })
  await payers.hear()
  assert.deepEqual(await rests(), [], 'it comes back')
  assert.deepEqual(await payers.granted(organizationId), ['team', 2])
  const again = await owner.post(`/projects/${running}/generate`, { prompt: 'a habit tracker' })
  assert.equal(again.status, 202, JSON.stringify(again.body))
  world.wakes.splice(0)
})
