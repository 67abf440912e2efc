import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { importJWK, jwtVerify } from 'jose'
import { receiptAudience } from '../../lib/auth/receipts.ts'
import type { Deletion, OpenedReceipt } from '../../lib/contract/deletion.ts'
import { newId, type OrganizationId, type ProjectId, type ReceiptId } from '../../lib/contract/ids.ts'
import { elsewhere } from '../../lib/domain/holdings.ts'
import { objectKeys } from '../../lib/ports/object-store.ts'
import { makeTeam, type Answer, type SignedIn } from '../world.ts'
import { cutOffAt } from './cut-off.ts'
import { mistakes, openStage } from './stage.ts'

const stage = await openStage({ after })
const { world, provider, removed } = stage
const { sql } = world
const { objects } = world.context

interface Scene {
  owner: SignedIn
  editor: SignedIn
  team: OrganizationId
  projectId: ProjectId
  customer: string
  /** What the issuer calls the organization of its company. */
  company: string
}

/** A team that pays, with a project that has files, and in which a run is under way where that is wanted. */
async function openScene({ running = false } = {}): Promise<Scene> {
  const [owner, editor] = [await stage.person(), await stage.person()]
  const team = await makeTeam(world, [
    { id: owner.id, role: 'owner' },
    { id: editor.id, role: 'editor' },
  ])
  const { body } = await editor.post('/projects', { name: 'Shop', organizationId: team })
  const projectId = (body as { id: ProjectId }).id
  if (running) await stage.start(editor, projectId)
  await objects.put(objectKeys.blob(projectId, '1'), 'x', 'text/plain')
  const customer = await stage.jobs.payments.openCustomer(team)
  await sql`insert into everjust.billing_accounts (organization_id, customer_id) values (${team}, ${customer})`
  const company = `org_${team}`
  await sql`insert into everjust.sign_in_rules (organization_id, issuer_organization) values (${team}, ${company})`
  return { owner, editor, team, projectId, customer, company }
}

function asked({ status, body }: Answer): ReceiptId {
  assert.equal(status, 202, JSON.stringify(body))
  return (body as Deletion).receiptId
}

async function receipt(id: ReceiptId): Promise<OpenedReceipt> {
  const { status, body } = await world.anonymous.get(`/audit/receipts/${id}`)
  assert.equal(status, 200, JSON.stringify(body))
  return body as OpenedReceipt
}

const places = Object.values(elsewhere).flatMap((place) => ('counted' in place ? [place.counted] : []))

/** Signed, and with nothing but zeros; how others called it is forgotten. */
async function isWhole(id: ReceiptId): Promise<void> {
  const { counts, signed, key, subject } = await receipt(id)
  assert.ok(counts && signed)
  for (const place of places) assert.equal(counts[place], 0, place)
  assert.ok(Object.keys(counts).length > 9)
  assert.deepEqual(
    Object.entries(counts).filter(([, count]) => count > 0),
    [],
  )
  const { payload } = await jwtVerify(signed, await importJWK(key, 'EdDSA'), { audience: receiptAudience })
  assert.deepEqual([payload.jti, payload.sub, payload['counts']], [id, subject, counts])
  const [row] = await sql`select covers from everjust.deletion_receipts where id = ${id}`
  assert.equal('outside' in row?.['covers'], false)
}

async function isGone({ team, projectId, customer, company }: Scene): Promise<void> {
  assert.deepEqual(await objects.list(objectKeys.project(projectId)), [])
  assert.equal(provider.boxes.has(`p-${projectId}`), false)
  assert.equal(await stage.jobs.payments.knows(customer), false)
  assert.ok(removed.has(company))
  const [left] = await sql`select name, tier from everjust.organizations where id = ${team}`
  assert.deepEqual({ ...left }, { name: '', tier: 'free' })
  assert.equal((await sql`select from everjust.projects where organization_id = ${team}`).length, 0)
  const [project] = await sql`select counts from everjust.deletion_receipts where subject = ${projectId}`
  assert.ok(project?.['counts'])
}

test('an organization is deleted while a generation runs: nobody is let in, and nothing is left', async () => {
  const scene = await openScene({ running: true })
  const { owner, editor, team, projectId } = scene
  const id = asked(await owner.delete(`/organizations/${team}`))
  assert.equal((await editor.get(`/projects/${projectId}`)).status, 404)
  assert.equal((await owner.get(`/organizations/${team}`)).status, 404)
  assert.deepEqual([(await receipt(id)).signed, (await receipt(id)).counts], [null, null])
  await stage.drain()
  await isWhole(id)
  await isGone(scene)
  assert.equal((await owner.get('/user')).status, 200)
})

test('an organization is deleted by its owners alone, and a personal one goes with its account', async () => {
  const { owner, editor, team } = await openScene()
  assert.equal((await editor.delete(`/organizations/${team}`)).status, 403)
  assert.equal((await owner.delete(`/organizations/${owner.organizationId}`)).status, 409)
  assert.equal((await owner.get(`/organizations/${team}`)).status, 200)
  await stage.drain()
})

test('who alone owns what others belong to hands it over first', async () => {
  const { owner, editor, team } = await openScene()
  const refused = await owner.delete('/user')
  assert.equal(refused.status, 409)
  assert.match(JSON.stringify(refused.body), /You alone own Team/)
  assert.equal((await owner.get('/user')).status, 200)
  await sql`update everjust.memberships set role = 'owner' where organization_id = ${team} and user_id = ${editor.id}`
  const id = asked(await owner.delete('/user'))
  await stage.drain()
  await isWhole(id)
  assert.equal((await editor.get(`/organizations/${team}`)).status, 200)
})

test('whoever is deleted is out with the next request, nothing says who it was, and begins anew', async () => {
  const { editor, owner, team, projectId } = await openScene()
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
  await isWhole(id)
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
    const { owner, team, editor, company, customer } = await openScene()
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
    const open = await receipt(id)
    assert.deepEqual([told(), open.signed, open.counts], [1, null, null], place)
    await sql`update everjust.jobs set run_at = now() where state = 'queued'`
    await stage.minute()
    await stage.drain(parts)
    await isWhole(id)
    assert.equal(told(), 1, place)
  }
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
    const scene = await openScene({ running: true })
    await sql`delete from everjust.memberships where organization_id = ${scene.team} and user_id = ${scene.editor.id}`
    const id = asked(await scene.owner.delete('/user'))
    const { parts, failed } = cutOffAt(stage.jobs, steps + 1)
    await stage.drain(parts).catch(() => {})
    cut = failed()
    await finish()
    await isWhole(id)
    await isGone(scene)
  }
  assert.ok(steps > 20, `${steps} steps`)
  world.logs.splice(0)
})

test('nothing was left behind', async () => {
  await finish()
  assert.deepEqual(await mistakes(world), [])
  await world.settled()
})
