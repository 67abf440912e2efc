import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { openWorld } from '../world.ts'

const world = await openWorld({ after })

/** A person as the issuer names them now. */
const tokenOf = (subject: string, email: string) =>
  world.issuer.token({
    sub: subject,
    'https://everjust.dev/email': email,
    'https://everjust.dev/name': email.split('@')[0],
  })
const asNow = async (subject: string, email: string) => world.withToken(await tokenOf(subject, email))

test('a blocked person’s live token is refused with the next request, though it was just taken', async () => {
  const ada = await world.signIn('ada@example.com')
  const { body: project } = await ada.post('/projects', { name: 'Habits', visibility: 'public' })
  const made = await ada.post('/keys', { name: 'x', scopes: ['project.read', 'project.list'] })
  const key = world.withToken(made.body.key)
  const other = await world.instance()
  const elsewhere = other.withToken(ada.token)
  const all = [ada, key, elsewhere]
  for (const caller of all) assert.equal((await caller.get(`/projects/${project.id}`)).status, 200)

  await world.sql`update everjust.users set blocked_at = now() where id = ${ada.id}`
  for (const caller of all) {
    for (const path of [`/projects/${project.id}`, '/projects', `/projects/${project.id}/versions`]) {
      const { status, body, headers } = await caller.get(path)
      assert.deepEqual([status, body.code, headers['www-authenticate']], [401, 'unauthenticated', 'Bearer'], path)
    }
    assert.equal((await caller.post('/projects', { name: 'x' })).status, 401)
  }
  const fresh = await asNow('auth0|ada@example.com', 'ada@example.com')
  assert.equal((await fresh.get('/user')).status, 401, 'nor does a new token help')
  assert.equal((await world.anonymous.get('/library/public')).status, 200)

  await world.sql`update everjust.users set blocked_at = null where id = ${ada.id}`
  for (const caller of all) assert.equal((await caller.get(`/projects/${project.id}`)).status, 200)
})

test('a person who is gone is refused with a token that was just taken', async () => {
  const gone = await world.signIn('gone@example.com')
  assert.equal((await gone.get('/user')).status, 200)
  await world.sql`delete from everjust.users where id = ${gone.id}`
  assert.equal((await gone.get('/user')).status, 401)
})

test('what a blocked person began to write is not written', async () => {
  const eve = await world.signIn('eve@example.com')
  await world.sql`update everjust.users set blocked_at = now() where id = ${eve.id}`
  await Promise.all(Array.from({ length: 10 }, () => eve.post('/projects', { name: 'x' })))
  assert.equal((await world.sql`select 1 from everjust.projects where created_by = ${eve.id}`).length, 0)
  const grace = await world.signIn('grace@example.com')
  assert.equal((await grace.get('/user')).status, 200, 'and the connection serves the next')
})

test('an address and a name that changed at the issuer are those of the same person', async () => {
  const before = (await (await asNow('auth0|1', 'old@example.com')).get('/user')).body
  const later = (await (await asNow('auth0|1', 'new@example.com')).get('/user')).body
  assert.deepEqual([later.id, later.email, later.name], [before.id, 'new@example.com', 'new'])
  assert.deepEqual(
    later.organizations.map(({ id }: { id: string }) => id),
    before.organizations.map(({ id }: { id: string }) => id),
  )
  // A tenant whose Action says no address takes none away.
  const silent = world.withToken(await world.issuer.token({ sub: 'auth0|1' }))
  assert.equal((await silent.get('/user')).body.email, 'new@example.com')
})

test('two people who swap their addresses keep what is theirs', async () => {
  const [one, two] = [await asNow('auth0|one', 'one@example.com'), await asNow('auth0|two', 'two@example.com')]
  const { body: ofOne } = await one.post('/projects', { name: 'Of one' })
  const { body: ofTwo } = await two.post('/projects', { name: 'Of two' })
  const [oneNow, twoNow] = [await asNow('auth0|one', 'two@example.com'), await asNow('auth0|two', 'one@example.com')]
  assert.equal((await oneNow.get('/user')).body.email, 'two@example.com')
  assert.equal((await twoNow.get('/user')).body.email, 'one@example.com')
  assert.equal((await oneNow.get(`/projects/${ofOne.id}`)).status, 200)
  assert.equal((await oneNow.get(`/projects/${ofTwo.id}`)).status, 404)
  assert.equal((await twoNow.get(`/projects/${ofTwo.id}`)).status, 200)
  assert.equal((await twoNow.get(`/projects/${ofOne.id}`)).status, 404)
})

test('the same subject of another issuer is somebody else', async () => {
  const ours = await asNow('auth0|same', 'same@example.com')
  const id = (await ours.get('/user')).body.id
  await world.sql`update everjust.users set issuer = 'https://other/' where id = ${id}`
  const anew = world.withToken(await world.issuer.token({ sub: 'auth0|same', jti: 'another' }))
  assert.notEqual((await anew.get('/user')).body.id, id)
})

test('nothing is left behind', () => world.settled())
