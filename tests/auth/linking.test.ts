import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { openWorld } from '../world.ts'
import { comes, linkThem, listed, statusOf, whoIs } from './identities.ts'

const world = await openWorld({ after })
const { sql } = world
const by = (subject: string, how?: Parameters<typeof comes>[2]) => comes(world, subject, how)

test('two accounts that were both proved are one person from then on, each with what the first has', async () => {
  const ada = await by('ada')
  const me = await whoIs(ada)
  const { body: project } = await ada.post('/projects', { name: 'Habits' })
  const google = await by('google-oauth2|ada', { email: 'ada@gmail.example' })
  const before = await whoIs(google)
  assert.notEqual(before.id, me.id)
  assert.equal((await google.get(`/projects/${project.id}`)).status, 404)
  await linkThem(ada, google)

  const renewed = await by('google-oauth2|ada', { email: 'ada@gmail.example', secondsAgo: 1 })
  const cold = (await world.instance()).withToken(renewed.token ?? '')
  for (const caller of [renewed, cold, ada]) {
    assert.deepEqual(await whoIs(caller), me, 'with the first one’s address, name and organizations')
    assert.equal((await caller.get(`/projects/${project.id}`)).status, 200)
  }
  assert.equal(await statusOf(google), 401, 'the token of who they were is nobody’s')
  assert.deepEqual(
    (await listed(renewed)).map(({ current, email, way }) => [current, email, way]),
    [
      [false, 'ada@example.com', 'auth0'],
      [true, 'ada@gmail.example', 'google-oauth2'],
    ],
  )
  const done = await sql`select actor, action from everjust.audit_log where action = 'identity.link' order by id`
  assert.deepEqual(
    done.map(({ actor }) => actor as string),
    [before.id, me.id],
  )
})

test('both are told by mail, and nothing of the second account is left but an id', async () => {
  const [first, second] = [await by('one'), await by('two')]
  const { id } = await whoIs(second)
  await linkThem(first, second)
  const told = await sql`
    select recipient, kind from everjust.notices where recipient in ('one@example.com', 'two@example.com') order by 1`
  assert.deepEqual(
    told.map(({ recipient, kind }) => [recipient, kind] as string[]),
    [
      ['one@example.com', 'signInLinked'],
      ['two@example.com', 'signInLinked'],
    ],
  )
  const [row] = await sql`select issuer, subject, email, name, deleted_at from everjust.users where id = ${id}`
  assert.ok(row?.['deleted_at'])
  assert.deepEqual([row['issuer'], row['subject'], row['email'], row['name']], ['', id, null, null])
})

test('sessions of the second that handed nothing in are over, and the one that did goes on', async () => {
  const first = await by('desk')
  const [here, elsewhere] = [await by('phone', { session: 'here' }), await by('phone', { session: 'elsewhere' })]
  assert.deepEqual([await statusOf(here), await statusOf(elsewhere)], [200, 200])
  await linkThem(first, here)
  assert.equal(await statusOf(await by('phone', { session: 'elsewhere', secondsAgo: 1 })), 401)
  const goesOn = await by('phone', { session: 'here', secondsAgo: 1 })
  assert.equal((await whoIs(goesOn)).id, (await whoIs(first)).id)
  const proved = await by('phone', { session: 'elsewhere', secondsAgo: -2 })
  assert.equal((await whoIs(proved)).id, (await whoIs(first)).id, 'whoever proves anew who they are comes in')
})

test('an address that changes at the issuer is that of its own sign-in', async () => {
  const [first, second] = [await by('stays'), await by('changes')]
  await linkThem(first, second)
  const renamed = await by('changes', { email: 'new@example.com' })
  assert.equal((await whoIs(renamed)).email, 'stays@example.com')
  assert.deepEqual(
    (await listed(renamed)).map(({ email }) => email),
    ['stays@example.com', 'new@example.com'],
  )
})

test('three are linked, and whoever is taken away begins anew', async () => {
  const [one, two, three] = [await by('a1'), await by('a2'), await by('a3')]
  const { id } = await whoIs(one)
  await linkThem(one, two)
  const viaTwo = await by('a2', { secondsAgo: 1 })
  await linkThem(viaTwo, three)
  assert.equal((await whoIs(await by('a3', { secondsAgo: 1 }))).id, id)
  const [, second] = await listed(one)
  assert.equal((await one.delete(`/sign-in/identities/${second?.id}`)).status, 204)
  assert.equal(await statusOf(viaTwo), 401)
  assert.equal(await statusOf(await by('a2', { secondsAgo: 1 })), 401, 'nor by a token of before')
  const cold = await world.instance()
  const old = await by('a2', { secondsAgo: 1, session: 'never seen' })
  assert.equal(await statusOf(cold.withToken(old.token ?? '')), 401)
  const anew = await by('a2', { secondsAgo: -2 })
  assert.notEqual((await whoIs(anew)).id, id)
  assert.equal((await whoIs(await by('a3', { secondsAgo: 1 }))).id, id)
})

test('the first one is taken away by another, which then stands with the person', async () => {
  const [first, second] = [await by('old'), await by('new')]
  const { id } = await whoIs(first)
  await linkThem(first, second)
  const viaNew = await by('new', { secondsAgo: 1 })
  assert.equal((await viaNew.delete('/sign-in/identities/first')).status, 204)
  assert.equal(await statusOf(first), 401)
  assert.deepEqual(
    (await listed(viaNew)).map((each) => [each.id, each.current, each.email]),
    [['first', true, 'new@example.com']],
  )
  assert.equal((await whoIs(viaNew)).email, 'new@example.com')
  const anew = await by('old', { secondsAgo: -2 })
  assert.notEqual((await whoIs(anew)).id, id)
  const kinds = await sql`select kind from everjust.notices where recipient = 'old@example.com' order by kind`
  assert.deepEqual(
    kinds.map(({ kind }) => kind as string),
    ['signInLinked', 'signInUnlinked'],
  )
})

test('whoever was taken away can be linked again', async () => {
  const [first, second] = [await by('back-1'), await by('back-2')]
  await linkThem(first, second)
  const [, linked] = await listed(first)
  assert.equal((await first.delete(`/sign-in/identities/${linked?.id}`)).status, 204)
  const anew = await by('back-2', { secondsAgo: -2 })
  await linkThem(first, anew)
  const viaSecond = await by('back-2', { secondsAgo: -2 })
  assert.equal((await whoIs(viaSecond)).id, (await whoIs(first)).id)
})

test('nothing is left behind but the deletions of what is empty, and mails', async () => {
  const jobs = await sql<
    { kind: 'delete-account' | 'send-notice' }[]
  >`select kind from everjust.jobs where state = 'queued'`
  assert.deepEqual([...new Set(jobs.map(({ kind }) => kind))].sort(), ['delete-account', 'send-notice'])
  await world.settled({ jobs: jobs.map(({ kind }) => kind) })
})
