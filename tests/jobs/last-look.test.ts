import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { operatorPermission } from '../../lib/contract/permission.ts'
import { asked, isWhole, openScene, receipt } from './account-scene.ts'
import { mistakes, openStage } from './stage.ts'

const stage = await openStage({ after })
const { world } = stage
const { sql } = world

test('operators find and count whoever was deleted no more', async () => {
  const operator = await world.signIn('ops@example.com', [operatorPermission])
  const counted = async () => {
    const { tiers, conversion, retention, firstProject } = (await operator.get('/operator/figures')).body
    const sum = (rows: Record<string, number>[], name: string) => rows.reduce((all, row) => all + (row[name] ?? 0), 0)
    const [organizations, seats] = [sum(tiers, 'organizations'), sum(tiers, 'seats')]
    return [organizations, seats, conversion.all, conversion.made, sum(retention, 'people'), firstProject.people]
  }
  const listed = async (list: string, id: string) => (await operator.get(`/operator/${list}?q=${id}`)).body.items.length
  const { owner, editor, team } = await openScene(stage)
  await sql`delete from everjust.memberships where organization_id = ${team} and user_id = ${editor.id}`
  assert.deepEqual([await listed('people', owner.id), await listed('organizations', team)], [1, 1])
  // The team and the owner's own organization, each with a seat; the owner.
  const each = [2, 2, 2, 2, 1, 1]
  const left = (await counted()).map((count, at) => count - (each[at] ?? 0))
  const id = asked(await owner.delete('/user'))
  const gone = await counted()
  await stage.drain()
  await isWhole(stage, id)
  assert.deepEqual([await listed('people', owner.id), await listed('organizations', team)], [0, 0])
  assert.equal((await operator.get(`/operator/organizations/${team}`)).status, 404)
  const reason = { reason: 'It sends spam.' }
  assert.equal((await operator.put(`/operator/people/${owner.id}/suspension`, reason)).status, 404)
  assert.equal((await operator.put(`/operator/organizations/${team}/suspension`, reason)).status, 404)
  assert.deepEqual([gone, await counted()], [left, left])
})

/** Parts in which another still knows the name once its rows are gone, until it was removed once more. */
function comingBack(place: 'identities' | 'companies' | 'payments', name: string, isErased: () => Promise<boolean>) {
  const real = stage.jobs[place]
  let [back, told] = [true, 0]
  const remove = async (given: string) => {
    if (given === name && (await isErased())) back = false
    await ('remove' in real ? real.remove(given) : real.forget(given))
  }
  const knows = async (given: string) => {
    if (given !== name || !back || !(await isErased())) return real.knows(given)
    told += 1
    return true
  }
  return { parts: { [place]: { ...real, remove, forget: remove, knows } }, told: () => told }
}

test('what others know again after its rows are gone is found by the last look and removed before anything is signed', async () => {
  for (const place of ['identities', 'companies', 'payments'] as const) {
    const { owner, team, editor, company, customer } = await openScene(stage)
    await sql`delete from everjust.memberships where organization_id = ${team} and user_id = ${editor.id}`
    const [before] = await sql`select subject from everjust.users where id = ${owner.id}`
    const subject = String(before?.['subject'])
    const isErased = async () => {
      const rows = await sql`select from everjust.users where subject = ${subject}
        union all select from everjust.billing_accounts where organization_id = ${team}
        union all select from everjust.sign_in_rules where organization_id = ${team}`
      return rows.length === 0
    }
    const { parts, told } = comingBack(
      place,
      { identities: subject, companies: company, payments: customer }[place],
      isErased,
    )
    const id = asked(await owner.delete('/user'))
    await stage.drain(parts)
    const open = await receipt(stage, id)
    assert.deepEqual([told(), open.signed, open.counts], [1, null, null], place)
    await sql`update everjust.jobs set run_at = now() where state = 'queued'`
    await stage.minute()
    await stage.drain(parts)
    await isWhole(stage, id)
    assert.equal(told(), 1, place)
  }
})

test('nothing was left behind', async () => {
  assert.deepEqual(await mistakes(world), [])
  await world.settled()
})
