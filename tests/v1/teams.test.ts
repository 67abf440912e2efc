import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { Member } from '../../lib/contract/organization.ts'
import type { Role } from '../../lib/contract/user.ts'
import { makeTeam, openWorld, type SignedIn } from '../world.ts'

const world = await openWorld({ after })
const [ada, ben, cleo, eve] = await Promise.all([
  world.signIn('ada@example.com'),
  world.signIn('ben@example.com'),
  world.signIn('cleo@example.com'),
  world.signIn('eve@example.com'),
])

const team = (...others: readonly [SignedIn, Role][]) =>
  makeTeam(world, [{ id: ada.id, role: 'owner' }, ...others.map(([{ id }, role]) => ({ id, role }))])
const roles = async (id: string, by: SignedIn = ada) => {
  const { items } = (await by.get(`/organizations/${id}/members`)).body as { items: Member[] }
  return Object.fromEntries(items.map(({ email, role }) => [email?.split('@')[0], role]))
}
const deeds = async (id: string) => {
  const rows = await world.sql<{ action: string }[]>`
    select action from everjust.audit_log where organization_id = ${id} and outcome = 'done' order by id`
  return rows.map(({ action }) => action)
}

test('who makes an organization owns it, names it anew, and finds it among those they belong to', async () => {
  const dan = await world.signIn('dan@example.com')
  const made = await dan.post('/organizations', { name: '  Sea  ' })
  assert.equal(made.status, 201, JSON.stringify(made.body))
  const { id, createdAt, ...rest } = made.body
  assert.ok(Date.parse(createdAt))
  assert.deepEqual(rest, { name: 'Sea', kind: 'team', tier: 'free', role: 'owner', members: 1 })
  assert.equal((await dan.put(`/organizations/${id}`, { name: 'Lake' })).body.name, 'Lake')
  assert.equal((await dan.get(`/organizations/${id}`)).body.name, 'Lake')
  const { organizations } = (await dan.get('/user')).body
  assert.deepEqual(
    organizations.map(({ kind, name }: Record<string, string>) => [kind, name]),
    [
      ['personal', 'dan'],
      ['team', 'Lake'],
    ],
  )
  assert.equal((await dan.post('/projects', { name: 'Boat', organizationId: id })).status, 201)
  assert.equal((await eve.get(`/organizations/${id}`)).status, 404)
  assert.deepEqual(await deeds(id), ['organization.make', 'organization.update', 'project.create'])
})

test('one person owns three that nobody pays for, however many are made at once', async () => {
  const many = await world.signIn('many@example.com')
  const other = (await world.instance()).withToken(many.token)
  const answers = await Promise.all(
    Array.from({ length: 12 }, (_, n) => (n % 2 ? other : many).post('/organizations', { name: `n${n}` })),
  )
  assert.equal(answers.filter(({ status }) => status === 201).length, 3)
  assert.equal(answers.filter(({ status }) => status === 402).length, 9)
})

test('no request sets a tier, seats or limits, or makes a personal workspace', async () => {
  for (const column of ['tier', 'seats', 'limits', 'kind', 'id', 'limitsUntil']) {
    assert.equal((await ada.post('/organizations', { name: 'x', [column]: 'team' })).status, 400, column)
    const path = `/organizations/${ada.organizationId}`
    assert.equal((await ada.put(path, { name: 'x', [column]: 'enterprise' })).status, 400, column)
  }
})

test('an admin changes roles, and only an owner makes, changes or removes owners', async () => {
  const id = await team([ben, 'admin'], [cleo, 'viewer'])
  const at = (who: SignedIn) => `/organizations/${id}/members/${who.id}`
  assert.equal((await ben.put(at(cleo), { role: 'billing' })).status, 200)
  for (const refused of [
    await ben.put(at(cleo), { role: 'owner' }),
    await ben.put(at(ben), { role: 'owner' }),
    await ben.put(at(ada), { role: 'viewer' }),
    await ben.delete(at(ada)),
    await cleo.put(at(cleo), { role: 'admin' }),
    await cleo.delete(at(ben)),
  ]) {
    assert.equal(refused.status, 403, JSON.stringify(refused.body))
  }
  assert.equal((await ben.put(at(eve), { role: 'viewer' })).status, 404)
  assert.deepEqual(await roles(id), { ada: 'owner', ben: 'admin', cleo: 'billing' })
  assert.deepEqual(await deeds(id), ['member.role.billing'])
})

test('somebody removed is out with the very next request, on every instance', async () => {
  const id = await team([ben, 'editor'])
  const other = (await world.instance()).withToken(ben.token)
  const { body } = await ada.post('/projects', { name: 'Secret', organizationId: id })
  for (const caller of [ben, other]) assert.equal((await caller.get(`/projects/${body.id}`)).status, 200)
  assert.equal((await ada.delete(`/organizations/${id}/members/${ben.id}`)).status, 204)
  for (const caller of [ben, other]) {
    assert.equal((await caller.get(`/projects/${body.id}`)).status, 404)
    assert.equal((await caller.put(`/projects/${body.id}`, { name: 'Mine' })).status, 404)
    assert.equal((await caller.get(`/projects?organizationId=${id}`)).status, 404)
    assert.equal((await caller.get(`/organizations/${id}/members`)).status, 404)
  }
  assert.equal((await ada.delete(`/organizations/${id}/members/${ben.id}`)).status, 404)
})

test('members leave, and the last owner does not', async () => {
  const id = await team([ben, 'viewer'])
  assert.equal((await ben.delete(`/organizations/${id}/membership`)).status, 204)
  assert.equal((await ben.get(`/organizations/${id}`)).status, 404)
  const refused = await ada.delete(`/organizations/${id}/membership`)
  assert.deepEqual([refused.status, refused.body.code], [409, 'conflict'])
  assert.equal((await ada.put(`/organizations/${id}/members/${ada.id}`, { role: 'admin' })).status, 409)
  assert.equal((await ada.delete(`/organizations/${ada.organizationId}/membership`)).status, 409)
  assert.deepEqual(await deeds(id), ['member.leave'])
})

test('of two owners who leave, or make each other less, at once, one stays', async () => {
  const other = (await world.instance()).withToken(ben.token)
  for (let round = 0; round < 8; round++) {
    const id = await team([ben, 'owner'])
    const at = `/organizations/${id}`
    const answers = await Promise.all(
      round % 2
        ? [ada.delete(`${at}/membership`), other.delete(`${at}/membership`)]
        : [
            ada.put(`${at}/members/${ben.id}`, { role: 'editor' }),
            other.put(`${at}/members/${ada.id}`, { role: 'editor' }),
          ],
    )
    assert.equal(answers.filter(({ status }) => status < 300).length, 1, JSON.stringify(answers))
    const [left] = await world.sql`
      select count(*)::int as owners from everjust.memberships where organization_id = ${id} and role = 'owner'`
    assert.equal(left?.['owners'], 1)
  }
})

test('an owner hands an organization to another member and is an admin of it', async () => {
  const id = await team([ben, 'editor'])
  assert.equal((await ada.put(`/organizations/${id}/owner`, { userId: eve.id })).status, 404)
  assert.equal((await ada.put(`/organizations/${id}/owner`, { userId: ada.id })).status, 404)
  assert.equal((await ada.put(`/organizations/${id}/owner`, { userId: ben.id })).status, 200)
  assert.deepEqual(await roles(id), { ben: 'owner', ada: 'admin' })
  assert.equal((await ada.put(`/organizations/${id}/owner`, { userId: ada.id })).status, 403)
})

test('who does the billing sees what a viewer sees, and changes no project', async () => {
  const id = await team([ben, 'billing'])
  const { body } = await ada.post('/projects', { name: 'Books', organizationId: id })
  assert.equal((await ben.get(`/projects/${body.id}`)).status, 200)
  assert.equal((await ben.put(`/projects/${body.id}`, { name: 'x' })).status, 403)
  assert.equal((await ben.get(`/user/usage?organizationId=${id}`)).status, 200)
})
