import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { newId, type ProjectId } from '../../lib/contract/ids.ts'
import { asked, isGone, isWhole, openScene, receipt } from './account-scene.ts'
import { cutOffAt } from './cut-off.ts'
import { mistakes, openStage } from './stage.ts'

const stage = await openStage({ after })
const { world, removed } = stage
const { sql } = world

test('an organization is deleted while a generation runs: nobody is let in, and nothing is left', async () => {
  const scene = await openScene(stage, { running: true })
  const { owner, editor, team, projectId } = scene
  const id = asked(await owner.delete(`/organizations/${team}`))
  assert.equal((await editor.get(`/projects/${projectId}`)).status, 404)
  assert.equal((await owner.get(`/organizations/${team}`)).status, 404)
  assert.deepEqual([(await receipt(stage, id)).signed, (await receipt(stage, id)).counts], [null, null])
  await stage.drain()
  await isWhole(stage, id)
  await isGone(stage, scene)
  assert.equal((await owner.get('/user')).status, 200)
})

test('an organization is deleted by its owners alone, and a personal one goes with its account', async () => {
  const { owner, editor, team } = await openScene(stage)
  assert.equal((await editor.delete(`/organizations/${team}`)).status, 403)
  assert.equal((await owner.delete(`/organizations/${owner.organizationId}`)).status, 409)
  assert.equal((await owner.get(`/organizations/${team}`)).status, 200)
  await stage.drain()
})

test('who alone owns what others belong to hands it over first', async () => {
  const { owner, editor, team } = await openScene(stage)
  const refused = await owner.delete('/user')
  assert.equal(refused.status, 409)
  assert.match(JSON.stringify(refused.body), /You alone own Team/)
  assert.equal((await owner.get('/user')).status, 200)
  await sql`update everjust.memberships set role = 'owner' where organization_id = ${team} and user_id = ${editor.id}`
  const id = asked(await owner.delete('/user'))
  await stage.drain()
  await isWhole(stage, id)
  assert.equal((await editor.get(`/organizations/${team}`)).status, 200)
})

test('whoever is deleted is out with the next request, nothing says who it was, and begins anew', async () => {
  const { editor, owner, team, projectId } = await openScene(stage)
  const { body } = await editor.post('/projects', { name: 'Diary' })
  const diary = (body as { id: ProjectId }).id
  const [before] = await sql`select email, subject, name from everjust.users where id = ${editor.id}`
  const address = String(before?.['email'])
  await sql`insert into everjust.invitations (id, organization_id, digest, role, email, uses, created_by, expires_at) values
    (${newId('invitation')}, ${team}, ${newId('invitation')}, 'viewer', ${address}, 1, ${owner.id}, now() + interval '1 day')`
  await sql`insert into everjust.notices (id, key, recipient, kind, words)
    values (${newId('notice')}, ${newId('notice')}, ${address}, 'invited', '{}')`
  const id = asked(await editor.delete('/user'))
  assert.equal((await editor.get('/user')).status, 401)
  assert.equal((await editor.get(`/projects/${projectId}`)).status, 401)
  await stage.drain()
  await isWhole(stage, id)
  assert.ok(removed.has(String(before?.['subject'])))
  const rows = await sql`select to_jsonb(u) as row from everjust.users u where id = ${editor.id}`
  assert.ok(!JSON.stringify(rows).includes(address))
  const told = await sql`select from everjust.invitations where email = ${address}
    union all select from everjust.notices where recipient = ${address}
    union all select from everjust.projects where id = ${diary}`
  assert.equal(told.length, 0)
  // What was made for the team stays the team's, and says nobody's name.
  const { status, body: kept } = await owner.get(`/projects/${projectId}`)
  assert.equal(status, 200)
  assert.ok(!JSON.stringify(kept).includes(address))
  // A token that still holds, in an instance that has never seen it: the sign-in behind it is from before.
  const fresh = await world.instance()
  const at = (seconds: number) =>
    world.issuer.token({
      sub: String(before?.['subject']),
      'https://everjust.dev/auth_time': Math.floor(Date.now() / 1_000) + seconds,
    })
  assert.equal((await fresh.withToken(await at(-5)).get('/user')).status, 401)
  assert.equal((await sql`select from everjust.users where subject = ${String(before?.['subject'])}`).length, 0)
  const token = await at(2)
  const again = await world.withToken(token).get('/user')
  assert.equal(again.status, 200)
  assert.notEqual((again.body as { id: string }).id, editor.id)
  assert.equal((await world.withToken(token).get(`/projects/${projectId}`)).status, 404)
})

/** Lets what was put back or cut off be done at once, until nothing is left. */
async function finish(): Promise<void> {
  for (let round = 0; round < 9; round++) {
    const waiting = await sql`select from everjust.jobs where state in ('queued', 'taken')`
    if (waiting.length === 0) return
    await sql`update everjust.jobs set run_at = now() where state = 'queued'`
    await sql`update everjust.jobs set lease_until = now() - interval '1 second' where state = 'taken'`
    await stage.minute()
    await stage.drain()
  }
}

test('a deletion that is cut off at any of its steps goes on to the same receipt', async () => {
  let steps = 0
  for (let cut = true; cut; steps++) {
    const scene = await openScene(stage, { running: true })
    await sql`delete from everjust.memberships where organization_id = ${scene.team} and user_id = ${scene.editor.id}`
    const id = asked(await scene.owner.delete('/user'))
    const { parts, failed } = cutOffAt(stage.jobs, steps + 1)
    await stage.drain(parts).catch(() => {})
    cut = failed()
    await finish()
    await isWhole(stage, id)
    await isGone(stage, scene)
  }
  assert.ok(steps > 20, `${steps} steps`)
  world.logs.splice(0)
})

test('nothing was left behind', async () => {
  await finish()
  assert.deepEqual(await mistakes(world), [])
  await world.settled()
})
