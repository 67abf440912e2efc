import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { Guests } from '../../lib/contract/guest.ts'
import type { OrganizationId, ProjectId } from '../../lib/contract/ids.ts'
import type { Role } from '../../lib/contract/user.ts'
import { makeTeam, openWorld, type SignedIn } from '../world.ts'

const world = await openWorld({ after })
const [ada, ben] = await Promise.all([world.signIn('ada@example.com'), world.signIn('ben@example.com')])
let persons = 0
const somebody = () => world.signIn(`guest${persons++}@example.com`)

const team = (...others: readonly [SignedIn, Role][]) =>
  makeTeam(world, [{ id: ada.id, role: 'owner' }, ...others.map(([{ id }, role]) => ({ id, role }))])
const project = async (organizationId?: OrganizationId): Promise<ProjectId> => {
  const { status, body } = await ada.post('/projects', { name: 'Boat', ...(organizationId && { organizationId }) })
  assert.equal(status, 201, JSON.stringify(body))
  return body.id
}
const mailedToken = async () => {
  const [row] = await world.sql`select words->>'path' as path from everjust.notices order by created_at desc limit 1`
  return (row?.['path'] as string).replace('/join/', '')
}
const emailOf = async (who: SignedIn) => (await who.get('/user')).body.email as string
/** Invited by mail and come. */
const guest = async (id: ProjectId, role: 'viewer' | 'editor', who?: SignedIn) => {
  const person = who ?? (await somebody())
  const invited = await ada.post(`/shares/${id}/guests`, { email: await emailOf(person), role })
  assert.equal(invited.status, 201, JSON.stringify(invited.body))
  const joined = await person.post(`/invitations/${await mailedToken()}`)
  assert.equal(joined.status, 200, JSON.stringify(joined.body))
  return person
}
const guestsOf = async (id: ProjectId, by = ada) => (await by.get(`/shares/${id}/guests`)).body as Guests

test('one person is invited by mail to one project, edits it, and sees nothing else of the organization', async () => {
  const organizationId = await team()
  const [id, other] = [await project(organizationId), await project(organizationId)]
  const eve = await somebody()
  const email = await emailOf(eve)
  const { status, body } = await ada.post(`/shares/${id}/guests`, { email: ` ${email.toUpperCase()} ` })
  assert.equal(status, 201)
  assert.deepEqual([body.email, body.role, 'token' in body], [email, 'editor', false])
  const token = await mailedToken()
  const { body: opened } = await world.anonymous.get(`/invitations/${token}`)
  assert.deepEqual([opened.project, opened.role, opened.personal], ['Boat', 'editor', true])
  assert.equal((await ben.post(`/invitations/${token}`)).status, 403)
  assert.equal((await eve.get(`/projects/${id}`)).status, 404)
  const joined = await eve.post(`/invitations/${token}`)
  assert.deepEqual(joined.body, { organizationId, projectId: id, already: false })
  assert.equal((await eve.post(`/invitations/${token}`)).body.already, true)

  assert.equal((await eve.get(`/projects/${id}`)).body.role, 'editor')
  assert.equal((await eve.put(`/projects/${id}`, { name: 'Ship' })).body.name, 'Ship')
  assert.equal((await eve.delete(`/projects/${id}`)).status, 403)
  assert.deepEqual(
    (await eve.get('/library/shared')).body.items.map((each: { id: string }) => each.id),
    [id],
  )
  for (const path of [
    `/projects/${other}`,
    `/projects?organizationId=${organizationId}`,
    `/organizations/${organizationId}`,
  ])
    assert.equal((await eve.get(path)).status, 404, path)
  assert.equal((await eve.post('/projects', { name: 'x', organizationId })).status, 404)
  assert.deepEqual((await eve.get(`/workshop/${id}/members`)).body.items, [])
  assert.equal((await eve.get('/user')).body.organizations.length, 1)

  const { items, invited } = await guestsOf(id)
  assert.deepEqual([items.map((each) => [each.email, each.role]), invited], [[[email, 'editor']], []])
  const rows = await world.sql<{ action: string }[]>`
    select action from everjust.audit_log where organization_id = ${organizationId} order by id`
  assert.deepEqual(
    rows.map(({ action }) => action).filter((action) => action !== 'project.create'),
    ['guest.invite', 'invitation.accept.editor', 'project.update', 'project.delete'],
  )
})

test('a run that a guest starts is counted to the organization, and its caps and those of the project hold', async () => {
  const organizationId = await team()
  const id = await project(organizationId)
  const eve = await guest(id, 'editor')
  const other = await guest(await project(organizationId), 'editor')
  assert.equal((await ada.put(`/organizations/${organizationId}/engine`, { models: ['scripted-1'] })).status, 200)
  const { body: models } = await eve.get(`/models?projectId=${id}`)
  assert.deepEqual(
    models.items.map((each: { id: string }) => each.id),
    ['scripted-1'],
  )
  assert.equal((await ben.get(`/models?projectId=${id}`)).status, 404)
  assert.equal((await eve.post(`/projects/${id}/generate`, { prompt: 'a boat' })).status, 202)
  const [used] = await world.sql`select reserved::int as reserved from everjust.quotas
    where organization_id = ${organizationId} and metric = 'generations'`
  assert.equal(used?.['reserved'], 1)
  const { activeGenerationId } = (await eve.get(`/projects/${id}`)).body
  assert.equal((await eve.post(`/projects/${id}/generations/${activeGenerationId}/cancel`)).status, 200)
  for (const [kind, owner] of [
    ['organization', organizationId],
    ['project', id],
  ] as const) {
    await world.sql`insert into everjust.caps (owner_kind, owner_id, run_micros) values (${kind}, ${owner}, 1)`
    const refused = await eve.post(`/projects/${id}/generate`, { prompt: 'a boat' })
    assert.equal(refused.status, 402, `${kind}: ${JSON.stringify(refused.body)}`)
    await world.sql`delete from everjust.caps where owner_id = ${owner}`
  }
  assert.equal((await other.post(`/projects/${id}/generate`, { prompt: 'x' })).status, 404)
})

test('taken back, the very next request is refused, on every instance', async () => {
  const id = await project()
  const eve = await guest(id, 'editor')
  const elsewhere = (await world.instance()).withToken(eve.token)
  for (const caller of [eve, elsewhere]) assert.equal((await caller.get(`/projects/${id}`)).status, 200)
  assert.equal((await ada.delete(`/shares/${id}/guests/${eve.id}`)).status, 204)
  for (const caller of [eve, elsewhere]) {
    assert.equal((await caller.get(`/projects/${id}`)).status, 404)
    assert.equal((await caller.put(`/projects/${id}`, { name: 'Mine' })).status, 404)
  }
  assert.equal((await ada.delete(`/shares/${id}/guests/${eve.id}`)).status, 404)
  assert.deepEqual((await eve.get('/library/shared')).body.items, [])
})

test('a guest who edited only looks from the next request on, and goes by themself', async () => {
  const id = await project()
  const eve = await guest(id, 'editor')
  assert.equal((await ada.put(`/shares/${id}/guests/${eve.id}`, { role: 'viewer' })).status, 204)
  assert.equal((await eve.put(`/projects/${id}`, { name: 'Mine' })).status, 403)
  assert.equal((await eve.get(`/projects/${id}`)).body.role, 'viewer')
  assert.equal((await eve.put(`/shares/${id}/guests/${eve.id}`, { role: 'editor' })).status, 403)
  assert.equal((await eve.post(`/shares/${id}/guests`, { email: 'friend@example.com' })).status, 403)
  assert.equal((await eve.delete(`/shares/${id}/guests/me`)).status, 204)
  assert.equal((await eve.get(`/projects/${id}`)).status, 404)
  assert.equal((await ada.delete(`/shares/${id}/guests/me`)).status, 404)
})

test('an invitation that was taken back, is over, or to a project that was deleted, lets nobody in', async () => {
  const id = await project()
  const eve = await somebody()
  const invite = async () => {
    const { body } = await ada.post(`/shares/${id}/guests`, { email: await emailOf(eve), hours: 24 })
    return { id: body.id as string, token: await mailedToken() }
  }
  const [revoked, over, orphaned] = [await invite(), await invite(), await invite()]
  assert.equal((await ada.delete(`/shares/${id}/invited/${revoked.id}`)).status, 204)
  await world.sql`update everjust.invitations set expires_at = now() where id = ${over.id}`
  assert.deepEqual(
    (await guestsOf(id)).invited.map((each) => each.id),
    [orphaned.id],
  )
  await ada.delete(`/projects/${id}`)
  for (const { token } of [revoked, over, orphaned]) {
    assert.equal((await eve.post(`/invitations/${token}`)).status, 404)
    assert.equal((await world.anonymous.get(`/invitations/${token}`)).status, 404)
  }
})

test('a member may more in one project as its guest, and out of the organization is out of that too', async () => {
  const cleo = await somebody()
  const organizationId = await team([cleo, 'viewer'])
  const [id, other] = [await project(organizationId), await project(organizationId)]
  await guest(id, 'editor', cleo)
  assert.equal((await cleo.put(`/projects/${id}`, { name: 'Ship' })).status, 200)
  assert.equal((await cleo.put(`/projects/${other}`, { name: 'Ship' })).status, 403)
  assert.equal((await ada.delete(`/organizations/${organizationId}/members/${cleo.id}`)).status, 204)
  assert.equal((await cleo.get(`/projects/${id}`)).status, 404)
})

test('a deleted project is its guests’ no more until it is brought back', async () => {
  const id = await project()
  const eve = await guest(id, 'editor')
  await ada.delete(`/projects/${id}`)
  assert.equal((await eve.get(`/projects/${id}`)).status, 404)
  assert.equal((await eve.post(`/library/deleted/${id}/undelete`)).status, 404)
  assert.deepEqual((await eve.get('/library/shared')).body.items, [])
  await ada.post(`/library/deleted/${id}/undelete`)
  assert.equal((await eve.get(`/projects/${id}`)).status, 200)
})

test('there are fifty guests, those who are invited counted, and no more are asked in a day', async () => {
  const id = await project()
  await world.sql`insert into everjust.invitations
      (id, organization_id, project_id, digest, role, email, uses, created_by, expires_at, revoked_at)
    select 'inv_' || lpad(n::text, 20, 'x'), ${ada.organizationId}, ${id}, 'g' || n, 'viewer', n || '@example.com', 1,
      ${ada.id}, now() + interval '1 hour', case when n > 20 then now() end
    from generate_series(1, 49) as n`
  assert.equal((await ada.post(`/shares/${id}/guests`, { email: 'last@example.com' })).status, 201)
  assert.equal((await ada.post(`/shares/${id}/guests`, { email: 'more@example.com' })).status, 409)
  for (const body of [{}, { email: 'x' }, { email: 'a@b.example', role: 'admin' }, { email: 'a@b.example', uses: 2 }])
    assert.equal((await ada.post(`/shares/${id}/guests`, body)).status, 400, JSON.stringify(body))
})

test('a project moves where its mover may make projects; its past stays booked, its folder and guests stay behind', async () => {
  const [from, to] = [await team(), await team()]
  const id = await project(from)
  const eve = await guest(id, 'editor')
  await ada.post(`/shares/${id}/guests`, { email: 'waiting@example.com' })
  const waiting = await mailedToken()
  const folder = (await ada.post('/library/folders', { name: 'Boats', organizationId: from })).body.id
  await ada.put(`/projects/${id}`, { folderId: folder })
  await ada.put(`/library/favourites/${id}`)
  await ada.put(`/workshop/${id}/secrets/TOKEN`, { value: 'kept' })
  await ada.put(`/workshop/${id}/limits`, { runMicros: null, monthMicros: 5_000_000 })
  await world.sql`insert into everjust.ledger (id, organization_id, project_id, metric, period, state, reserved, settled)
    values ('led_00000000000000000001', ${from}, ${id}, 'micros', '2026-01-01', 'settled', 0, 7)`
  const moved = await ada.put(`/workshop/${id}/organization`, { organizationId: to })
  assert.equal(moved.status, 200, JSON.stringify(moved.body))
  assert.deepEqual([moved.body.organizationId, moved.body.folderId, moved.body.favourite], [to, null, true])
  assert.deepEqual(
    (await ada.get(`/workshop/${id}/secrets`)).body.items.map((each: { name: string }) => each.name),
    ['TOKEN'],
  )
  const { limits } = (await ada.get(`/workshop/${id}/limits`)).body
  assert.equal(limits.find(({ whose }: { whose: string }) => whose === 'project').monthMicros, 5_000_000)
  const [booked] =
    await world.sql`select organization_id as at from everjust.ledger where id = 'led_00000000000000000001'`
  assert.equal(booked?.['at'], from)
  assert.equal((await eve.get(`/projects/${id}`)).status, 404)
  assert.equal((await world.anonymous.get(`/invitations/${waiting}`)).status, 404)
  assert.equal((await ada.get(`/projects?organizationId=${from}`)).body.items.length, 0)
  const deeds = await world.sql`select organization_id as at, action, detail from everjust.audit_log
    where subject = ${id} and action in ('project.move', 'project.arrive') order by id`
  assert.deepEqual(
    deeds.map(({ at, action, detail }) => [at, action, detail]),
    [
      [from, 'project.move', { to }],
      [to, 'project.arrive', { from }],
    ],
  )
})

test('nothing moves without a right here and there, while a run works, a message waits or the sandbox is awake', async () => {
  const [from, to] = [await team([ben, 'editor']), await makeTeam(world, [{ id: ada.id, role: 'viewer' }])]
  const foreign = await makeTeam(world, [{ id: ben.id, role: 'owner' }])
  const id = await project(from)
  const move = (organizationId: string, by = ada) => by.put(`/workshop/${id}/organization`, { organizationId })
  assert.equal((await move(foreign, ben)).status, 403)
  assert.equal((await move(to)).status, 403)
  assert.equal((await move(foreign)).status, 404)
  assert.equal((await move(from)).status, 409)
  const generation = (await ada.post(`/projects/${id}/generate`, { prompt: 'x' })).body.id
  assert.equal((await move(ada.organizationId)).status, 409)
  await ada.post(`/projects/${id}/generations/${generation}/cancel`)
  await world.sql`insert into everjust.sandboxes (project_id, state) values (${id}, 'started')
    on conflict (project_id) do update set state = 'started'`
  assert.match((await move(ada.organizationId)).body.detail, /awake/)
  await world.sql`update everjust.sandboxes set state = 'stopped' where project_id = ${id}`
  const moves = await world.sql`select 1 from everjust.audit_log where subject = ${id} and action = 'project.move'
    and outcome = 'done'`
  assert.equal(moves.length, 0)
  assert.equal((await move(ada.organizationId)).status, 200)
  assert.equal((await ben.get(`/projects/${id}`)).status, 404)
})
