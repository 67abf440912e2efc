import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { Config } from '../../lib/config.ts'
import { openCompanySignIns } from '../../lib/production-sign-in.ts'
import { startIssuer } from '../../local/issuer/index.ts'
import { callerOf, type Caller } from '../world/caller.ts'
import { makeTeam, openWorld } from '../world.ts'

const world = await openWorld({ after })
const dataDir = await mkdtemp(join(tmpdir(), 'everjust-issuer-'))
const audience = 'https://api.everjust.test'
const issuer = await startIssuer({
  dataDir,
  port: 0,
  audience,
  clientId: 'site',
  webOrigins: ['http://localhost:4700'],
})
after(async () => {
  await issuer.stop()
  await rm(dataDir, { recursive: true, force: true })
})
const access = {
  AUTH0_MANAGEMENT_URL: issuer.domain,
  AUTH0_MANAGEMENT_CLIENT_ID: issuer.management.clientId,
  AUTH0_MANAGEMENT_CLIENT_SECRET: issuer.management.clientSecret,
  AUTH0_SSO_PROFILE: 'local',
}
const managing = world.serving({ companySignIns: openCompanySignIns(new Config(access)) })

const [ada, grace] = await Promise.all([world.signIn('ada@example.com'), world.signIn('grace@example.com')])
assert.ok(ada && grace)
const sea = await makeTeam(world, [
  { id: ada.id, role: 'owner' },
  { id: grace.id, role: 'editor' },
])
const lake = await makeTeam(world, [{ id: ada.id, role: 'owner' }])
await world.sql`update everjust.organizations set tier = 'enterprise', seats = 50 where id in (${sea}, ${lake})`
const twice = { 'https://everjust.dev/amr': ['pwd', 'mfa'] }
const as = async (name: string, claims: Record<string, unknown> = twice): Promise<Caller> =>
  callerOf(managing, await world.issuer.token({ sub: `auth0|${name}@example.com`, ...claims }))
const owner = await as('ada')
const company = `/sign-in/organizations/${sea}/company`
const idOf = async (organization: string) =>
  (
    await world.sql`select issuer_organization as id from everjust.sign_in_rules where organization_id = ${organization}`
  )[0]?.['id'] as string
/** Somebody whom the company of an organization signed in. */
const by = async (organization: string, name: string) =>
  world.withToken(await world.issuer.token({ sub: `samlp|x|${name}`, org_id: await idOf(organization) }))

const { body: project } = await owner.post('/projects', { name: 'Ship', organizationId: sea })
const { body: other } = await owner.post('/projects', { name: 'Boat', organizationId: lake })
const read = async (caller: Caller, id = project.id) => {
  const { status, body } = await caller.get(`/projects/${id}`)
  return status === 200 ? 200 : body.code
}

test('an owner connects the directory of the company at a page of the issuer', async () => {
  assert.deepEqual((await owner.get(company)).body, { offered: true, connections: [], only: false })
  assert.equal((await owner.put(company, { only: true })).status, 409, 'none is connected')
  const { status, body } = await owner.post(company)
  assert.equal(status, 200, JSON.stringify(body))
  const form = new URLSearchParams({ protocol: 'oidc', domains: 'sea.example' })
  const empty = new URLSearchParams({ protocol: 'oidc', domains: 'x' })
  assert.equal((await fetch(body.url, { method: 'POST', body: empty })).status, 400)
  assert.equal((await fetch(body.url, { method: 'POST', body: form })).status, 200)
  const { connections } = (await owner.get(company)).body
  assert.deepEqual(
    connections.map(({ kind }: { kind: string }) => kind),
    ['oidc'],
  )
  const before = await idOf(sea)
  assert.equal((await owner.post(company)).status, 200)
  assert.equal(await idOf(sea), before, 'asked again, it is the same')
  assert.equal((await fetch(`${issuer.domain}/self-service?ticket=guessed`)).status, 404)
})

test('a smaller plan does not have it', async () => {
  await world.sql`update everjust.organizations set tier = 'team' where id = ${sea}`
  assert.equal((await owner.post(company)).status, 402)
  await world.sql`update everjust.organizations set tier = 'enterprise' where id = ${sea}`
})

test('whom the company signs in belongs to the organization, to no other, and needs no factor of ours', async () => {
  await owner.post(`/sign-in/organizations/${lake}/company`)
  const mia = await by(sea, 'mia')
  assert.equal(await read(mia), 200)
  assert.equal((await mia.put(`/projects/${project.id}`, { name: 'Ship 2' })).status, 200, 'as an editor')
  const { id } = (await mia.get('/user')).body
  await world.sql`insert into everjust.memberships (organization_id, user_id, role) values (${lake}, ${id}, 'owner')`
  assert.equal(await read(mia, other.id), 'not_found', 'though a member there by another way')
  assert.equal((await mia.get(`/projects?organizationId=${lake}`)).status, 404)
  assert.equal((await mia.put(`/organizations/${lake}`, { name: 'x' })).status, 404)
  const own = (await mia.post('/projects', { name: 'Of her own' })).body
  assert.equal(await read(mia, own.id), 200)
})

test('a token of a company that no organization knows opens none', async () => {
  const eve = world.withToken(await world.issuer.token({ sub: 'samlp|x|eve', org_id: 'org_unknown' }))
  assert.equal((await eve.get('/user')).status, 200)
  assert.equal(await read(eve), 'not_found')
  await world.sql`insert into everjust.memberships (organization_id, user_id, role)
    values (${sea}, ${(await eve.get('/user')).body.id}, 'owner')`
  assert.equal(await read(eve), 'not_found')
})

test('somebody who was removed does not come back by the company’s sign-in', async () => {
  const max = await by(sea, 'max')
  const { id } = (await max.get('/user')).body
  assert.equal(await read(max), 200)
  assert.equal((await owner.delete(`/organizations/${sea}/members/${id}`)).status, 204)
  assert.equal(await read(max), 'not_found')
  const again = await world.instance()
  assert.equal(await read(again.withToken(max.token)), 'not_found')
})

test('when every seat is taken, nobody more comes in; when there is one, they do', async () => {
  await world.sql`update everjust.organizations set seats = 1 where id = ${sea}`
  const late = await by(sea, 'late')
  assert.equal(await read(late), 'not_found')
  await world.sql`update everjust.organizations set seats = 50 where id = ${sea}`
  const again = await world.instance()
  assert.equal(await read(again.withToken(late.token)), 200)
})

test('twenty of the company come at once where three seats are free, and three come in', async () => {
  const [{ count } = { count: 0 }] = await world.sql<{ count: number }[]>`
    select count(*)::int as count from everjust.memberships where organization_id = ${lake}`
  await world.sql`update everjust.organizations set seats = ${count + 3} where id = ${lake}`
  const instances = await Promise.all(Array.from({ length: 4 }, () => world.instance()))
  await Promise.all(
    Array.from({ length: 20 }, async (_, index) => {
      const { token } = await by(lake, `rush-${index}`)
      return instances[index % 4]?.withToken(token ?? '').get('/user')
    }),
  )
  const after = await world.sql`select 1 from everjust.memberships where organization_id = ${lake}`
  assert.equal(after.length, count + 3)
})

test('everybody but owners comes by the company alone, once that was chosen', async () => {
  assert.equal((await owner.put(company, { only: true })).status, 200)
  const graceTwice = await as('grace')
  assert.equal(await read(graceTwice), 'company_sign_in_required')
  assert.equal(await read(owner), 200, 'so that a broken connection shuts nobody out for good')
  assert.equal(await read(await by(sea, 'mia')), 200)
  const key = (await graceTwice.post('/keys', { name: 'x', scopes: ['project.read'] })).body.key
  assert.equal(await read(world.withToken(key)), 'company_sign_in_required')
  assert.equal((await owner.put(company, { only: false })).status, 200)
  assert.equal(await read(graceTwice), 200)
})

test('an issuer that does not answer takes nothing but this page', async () => {
  const away = { ...access, AUTH0_MANAGEMENT_URL: 'http://127.0.0.1:9' }
  const mains = world.serving({ companySignIns: openCompanySignIns(new Config(away)) })
  const caller = callerOf(mains, owner.token)
  assert.equal((await caller.get(company)).status, 503)
  assert.equal((await caller.get(`/sign-in/organizations/${sea}`)).status, 200)
  assert.ok(world.logs.splice(0).some(({ message }) => message === 'a service failed'))
})

test('an organization that is removed there takes its directory along, and nothing that is another’s', async () => {
  const companies = openCompanySignIns(new Config(access))
  assert.ok(companies)
  const [id, other] = [await idOf(sea), await idOf(lake)]
  assert.deepEqual([await companies.knows(id), await companies.knows(other)], [true, true])
  const [connection] = await companies.connections(id)
  assert.ok(connection)
  for (let time = 0; time < 2; time++) await companies.remove(id)
  assert.deepEqual([await companies.knows(id), await companies.knows(other)], [false, true])
  const anew = await companies.open(sea, 'Sea')
  assert.notEqual(anew, id)
  assert.deepEqual(await companies.connections(anew), [])
})

test('nothing is left behind', () => world.settled())
