import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { makeTeam, openWorld, type SignedIn } from '../world.ts'

const world = await openWorld({ after })
const [ada, ben] = await Promise.all([world.signIn('ada@example.com'), world.signIn('ben@example.com')])
const team = () => makeTeam(world, [{ id: ada.id, role: 'owner' }])
const roomy = async () => {
  const id = await team()
  await world.sql`update everjust.organizations set seats = 100 where id = ${id}`
  return id
}
const invite = async (id: string, body: object = {}, by: SignedIn = ada) => {
  const answer = await by.post(`/organizations/${id}/invitations`, body)
  assert.equal(answer.status, 201, JSON.stringify(answer.body))
  return answer.body
}
const join = (token: string, who: SignedIn) => who.post(`/invitations/${token}`)
let persons = 0
const somebody = () => world.signIn(`p${persons++}@example.com`)
const mailedToken = async () => {
  const [row] = await world.sql`select words->>'path' as path from everjust.notices order by created_at desc limit 1`
  return (row?.['path'] as string).replace('/join/', '')
}

test('a link says who invites to what, lets one person in, and is then over', async () => {
  const id = await roomy()
  const { token, expiresAt } = await invite(id, { role: 'viewer' })
  assert.match(token, /^[\w-]{43}$/)
  const opened = await world.anonymous.get(`/invitations/${token}`)
  assert.deepEqual(opened.body, {
    organization: 'Team',
    project: null,
    by: 'ada',
    role: 'viewer',
    personal: false,
    expiresAt,
  })
  assert.equal(opened.headers['cache-control'], 'no-store')
  const one = await somebody()
  assert.deepEqual((await join(token, one)).body, { organizationId: id, projectId: null, already: false })
  assert.equal((await one.get(`/organizations/${id}`)).body.role, 'viewer')
  assert.deepEqual((await join(token, one)).body, { organizationId: id, projectId: null, already: true })
  assert.equal((await join(token, await somebody())).status, 404)
  assert.equal((await world.anonymous.get(`/invitations/${token}`)).status, 404)
  const rows = await world.sql`select action from everjust.audit_log where organization_id = ${id} order by id`
  assert.deepEqual(
    rows.map(({ action }) => action),
    ['invitation.make', 'invitation.accept.viewer'],
  )
})

test('a link for five lets in five of many who come at once', async () => {
  const id = await roomy()
  const { token } = await invite(id, { uses: 5 })
  const other = await world.instance()
  const many = await Promise.all(Array.from({ length: 20 }, somebody))
  const answers = await Promise.all(
    many.map((who, n) => (n % 2 ? who : other.withToken(who.token)).post(`/invitations/${token}`)),
  )
  assert.equal(answers.filter(({ status }) => status === 200).length, 5)
  assert.equal(answers.filter(({ status }) => status === 404).length, 15)
  assert.equal((await ada.get(`/organizations/${id}`)).body.members, 6)
})

test('one that is over, taken back, unknown, or whose maker may not invite any more is answered alike', async () => {
  const id = await roomy()
  await world.sql`insert into everjust.memberships (organization_id, user_id, role) values (${id}, ${ben.id}, 'admin')`
  const [over, revoked, orphaned] = [await invite(id), await invite(id), await invite(id, {}, ben)]
  await world.sql`update everjust.invitations set expires_at = now() where id = ${over.id}`
  const one = `/organizations/${id}/invitations/${revoked.id}`
  assert.equal((await ada.delete(one)).status, 204)
  assert.equal((await ada.delete(one)).status, 404)
  await ada.delete(`/organizations/${id}/members/${ben.id}`)
  const who = await somebody()
  const answers = []
  for (const { token } of [over, revoked, orphaned, { token: 'x'.repeat(43) }]) {
    for (const { status, body } of [await join(token, who), await world.anonymous.get(`/invitations/${token}`)]) {
      answers.push({ status, ...body, requestId: undefined, instance: undefined })
    }
  }
  assert.equal(answers[0]?.status, 404)
  for (const answer of answers) assert.deepEqual(answer, answers[0])
})

test('an invitation by mail is told nobody but its reader, who alone may use it', async () => {
  const id = await roomy()
  const made = await invite(id, { email: ' Grace@Example.com ', role: 'admin' })
  assert.equal(made.token, null)
  assert.equal(made.email, 'grace@example.com')
  assert.equal(world.wakes.at(-1)?.kind, 'send-notice')
  const token = await mailedToken()
  const refused = await join(token, await somebody())
  assert.deepEqual([refused.status, refused.body.code], [403, 'forbidden'])
  const grace = await world.signIn('grace@example.com')
  assert.equal((await join(token, grace)).status, 200)
  assert.equal((await grace.get(`/organizations/${id}`)).body.role, 'admin')
})

test('whoever has not verified an address comes neither by a mail to it nor by its domain', async () => {
  const id = await roomy()
  const claims = { sub: 'auth0|unproved', 'https://everjust.dev/email': 'grace@sea.example' }
  const token = async (verified: unknown) =>
    world.withToken(await world.issuer.token({ ...claims, 'https://everjust.dev/email_verified': verified }))
  await invite(id, { email: 'grace@sea.example' })
  const mailed = await mailedToken()
  const linked = (await invite(id, { domains: ['sea.example'] })).token
  for (const verified of [false, null, 'true', 1]) {
    const unproved = await token(verified)
    assert.equal((await unproved.get('/user')).body.email, null, String(verified))
    for (const link of [mailed, linked]) assert.equal((await unproved.post(`/invitations/${link}`)).status, 403)
  }
  const proved = await token(true)
  assert.equal((await proved.post(`/invitations/${mailed}`)).status, 200)
  assert.equal((await proved.get('/user')).body.email, 'grace@sea.example')
})

test('a link for mail domains lets in people of those, and not of those that end alike', async () => {
  const id = await roomy()
  const { token } = await invite(id, { uses: 9, domains: ['Sea.example'] })
  for (const address of ['x@other.example', 'x@deepsea.example', 'x@sea.example.com']) {
    assert.equal((await join(token, await world.signIn(address))).status, 403, address)
  }
  assert.equal((await join(token, await world.signIn('x@sea.example'))).status, 200)
})

test('who was removed does not come back by the same link', async () => {
  const id = await roomy()
  const { token } = await invite(id, { uses: 9 })
  const who = await somebody()
  await join(token, who)
  await ada.delete(`/organizations/${id}/members/${who.id}`)
  assert.equal((await join(token, who)).status, 404)
  assert.equal((await who.get(`/organizations/${id}`)).status, 404)
})

test('where seats are paid for, nobody comes without one', async () => {
  const id = await team()
  const { token } = await invite(id, { uses: 9 })
  const who = await somebody()
  assert.equal((await join(token, who)).status, 402)
  await world.sql`update everjust.organizations set seats = 2 where id = ${id}`
  assert.equal((await join(token, who)).status, 200)
  assert.equal((await join(token, await somebody())).status, 402)
  await world.sql`update everjust.organizations set tier = 'free' where id = ${id}`
  assert.equal((await join(token, await somebody())).status, 200)
})

test('nobody is invited to own, to a personal workspace, or with what an invitation has not', async () => {
  const id = await team()
  const path = `/organizations/${id}/invitations`
  for (const body of [
    { role: 'owner' },
    { uses: 0 },
    { uses: 101 },
    { hours: 2 },
    { email: 'nobody' },
    { email: 'a@b.example', uses: 2 },
    { domains: ['no domain'] },
    { organizationId: id },
    { used: -5 },
  ]) {
    assert.equal((await ada.post(path, body)).status, 400, JSON.stringify(body))
  }
  assert.equal((await ada.post(`/organizations/${ada.organizationId}/invitations`, {})).status, 409)
  assert.equal(
    (await world.sql`select 1 from everjust.invitations where organization_id = ${ada.organizationId}`).length,
    0,
  )
})

test('there are fifty at a time, and taking them back makes no room on that day', async () => {
  const id = await team()
  await world.sql`insert into everjust.invitations (id, organization_id, digest, role, uses, created_by, expires_at, revoked_at)
    select 'inv_' || lpad(n::text, 20, '0'), ${id}, 'd' || n, 'viewer', 1, ${ada.id}, now() + interval '1 hour',
      case when n > 20 then now() end
    from generate_series(1, 49) as n`
  await invite(id)
  assert.equal((await ada.post(`/organizations/${id}/invitations`, {})).status, 409)
  assert.equal((await ada.get(`/organizations/${id}/invitations`)).body.items.length, 21)
})

test('the secret of an invitation is kept nowhere: not with its row, not with an answer, not in the logs', async () => {
  const id = await roomy()
  const headers = { 'idempotency-key': 'invite-once' }
  const { body } = await ada.post(`/organizations/${id}/invitations`, {}, { headers })
  const from = world.logs.length
  await world.anonymous.get(`/invitations/${body.token}`)
  await join(body.token, await somebody())
  await world.anonymous.get(`/invitations/${body.token}/more`)
  const rows = await Promise.all([
    world.sql`select * from everjust.invitations where organization_id = ${id}`,
    world.sql`select * from everjust.idempotency_keys`,
    world.sql`select * from everjust.audit_log where organization_id = ${id}`,
  ])
  assert.ok(!JSON.stringify(rows).includes(body.token))
  const logged = JSON.stringify(world.logs.slice(from))
  assert.ok(logged.includes('/:token'))
  assert.ok(!logged.includes(body.token))
})
