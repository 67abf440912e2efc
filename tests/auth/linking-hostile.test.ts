import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { makeTeam, openWorld, type Caller } from '../world.ts'
import { comes, handIn, linkThem, listed, refused, statusOf, ticketOf, whoIs } from './identities.ts'

const world = await openWorld({ after })
const { sql } = world
const by = (subject: string, how?: Parameters<typeof comes>[2]) => comes(world, subject, how)
const over = /over, or was done already/
let pairs = 0

/** Two people who have nothing to do with each other yet, and what tells them from now on. */
async function two(how?: Parameters<typeof comes>[2]) {
  pairs += 1
  const [first, second] = [await by(`first-${pairs}`), await by(`second-${pairs}`, how)]
  const [one, other] = [await whoIs(first), await whoIs(second)]
  return { first, second, ids: [one.id, other.id] as const }
}

/** Nothing has come of it: each is who they were. */
async function areTwo(callers: readonly Caller[], ids: readonly string[]): Promise<void> {
  for (const [index, caller] of callers.entries()) {
    assert.equal((await whoIs(caller)).id, ids[index])
    assert.equal((await listed(caller)).length, 1)
  }
}

test('a stolen ticket links nothing without the token of who asked, nor with that of somebody else', async () => {
  const { first, second: thief, ids } = await two()
  const accomplice = await by('accomplice')
  const ticket = await ticketOf(first)
  refused(await handIn(thief, ticket, accomplice), 'conflict', over)
  refused(await handIn(thief, ticket, thief), 'conflict', /the account that asked/)
  const forged = await thief.post('/sign-in/identities', { ticket, token: `${first.token ?? ''}x` })
  refused(forged, 'conflict', over)
  await areTwo([first, thief], ids)
})

test('a ticket is good for the session that asked, and for no other of the same person', async () => {
  const { first, second, ids } = await two()
  const elsewhere = await by(`first-${pairs}`, { session: 'elsewhere' })
  refused(await handIn(second, await ticketOf(first), elsewhere), 'conflict', over)
  const ticket = await ticketOf(first)
  assert.equal((await first.delete('/sign-in/sessions/current')).status, 204)
  refused(await handIn(second, ticket, first), 'conflict', over)
  await areTwo([elsewhere, second], ids)
})

test('a ticket is used once, and the one before the latest not at all', async () => {
  const { first, second } = await two()
  const third = await by('third')
  const earlier = await ticketOf(first)
  const ticket = await ticketOf(first)
  refused(await handIn(second, earlier, first), 'conflict', over)
  assert.equal((await handIn(second, ticket, first)).status, 204)
  refused(await handIn(third, ticket, first), 'conflict', over)
  assert.equal((await listed(first)).length, 2)
})

test('an expired ticket links nothing', async () => {
  const { first, second, ids } = await two()
  const ticket = await ticketOf(first)
  await sql`update everjust.link_tickets set expires_at = now() where user_id = ${ids[0]}`
  refused(await handIn(second, ticket, first), 'conflict', over)
  await areTwo([first, second], ids)
})

test('both must have proved just now who they are', async () => {
  const { first, ids } = await two()
  const stale = await by(`second-${pairs}`, { secondsAgo: 301 })
  refused(await handIn(stale, await ticketOf(first), first), 'fresh_sign_in_required')
  const staleFirst = await by(`first-${pairs}`, { secondsAgo: 301 })
  refused(await staleFirst.post('/sign-in/link-tickets', {}), 'fresh_sign_in_required')
  refused(await staleFirst.delete('/sign-in/identities/first'), 'fresh_sign_in_required')
  await areTwo([first, stale], ids)
})

test('no key asks for it, hands it in, or takes it away', async () => {
  const { first, second } = await two()
  const { body: scopes } = await second.get('/keys')
  const made = await second.post('/keys', { name: 'x', scopes: scopes.scopes })
  const key = world.withToken(made.body.key)
  assert.equal((await key.post('/sign-in/link-tickets', {})).status, 403)
  assert.equal((await handIn(key, await ticketOf(first), first)).status, 403)
  assert.equal((await key.delete('/sign-in/identities/first')).status, 403)
  const asKey = await first.post('/sign-in/identities', { ticket: await ticketOf(first), token: made.body.key })
  refused(asKey, 'conflict', over)
})

test('an account that has something of its own is not linked, and is told what it has', async () => {
  const { first, second, ids } = await two()
  const { body: project } = await second.post('/projects', { name: 'Diary' })
  const made = await second.post('/keys', { name: 'x', scopes: ['project.read'] })
  const team = await makeTeam(world, [{ id: ids[1], role: 'viewer' }])
  const ticket = await ticketOf(first)
  const tries = async (words: RegExp) => refused(await handIn(second, ticket, first), 'conflict', words)
  await tries(/still has projects, organizations it belongs to and API keys, /)
  assert.equal((await second.delete(`/projects/${project.id}`)).status, 204)
  await tries(/projects/)
  await sql`update everjust.projects set deleted_at = now() - interval '2 days' where id = ${project.id}`
  await sql`delete from everjust.memberships where organization_id = ${team}`
  await tries(/still has API keys,/)
  assert.equal((await second.delete(`/keys/${made.body.id}`)).status, 204)
  await sql`update everjust.organizations set tier = 'pro' where id in
    (select organization_id from everjust.memberships where user_id = ${ids[1]})`
  await tries(/a plan of its own/)
  await areTwo([first, second], ids)
  const entries =
    await sql`select from everjust.audit_log where action = 'identity.link' and outcome = 'done' and actor = ${ids[1]}`
  assert.equal(entries.length, 0, 'nothing that did not happen is written down')
})

test('whoever has linked another sign-in, was invited to a project, or came by a company is not linked', async () => {
  const { first, second, ids } = await two()
  await linkThem(second, await by('small'))
  refused(await handIn(second, await ticketOf(first), first), 'conflict', /other sign-ins/)
  const owner = await world.signIn('host@example.com')
  const { body: project } = await owner.post('/projects', { name: 'Shared' })
  const guest = await by('guest')
  const { id } = await whoIs(guest)
  await sql`insert into everjust.project_guests (project_id, user_id, role) values (${project.id}, ${id}, 'viewer')`
  refused(await handIn(guest, await ticketOf(first), first), 'conflict', /projects that were shared with it/)
  assert.equal((await whoIs(second)).id, ids[1])
  const sea = await makeTeam(world, [{ id: owner.id, role: 'owner' }])
  await sql`insert into everjust.company_joins (organization_id, user_id) values (${sea}, ${ids[0]})`
  const third = await by('plain')
  refused(await handIn(first, await ticketOf(third), third), 'conflict', /the sign-in of a company/)
})

test('what a company signs in is linked to nobody, and nobody to it', async () => {
  const { first } = await two()
  const ofCompany = { claims: { org_id: 'org_sea' } }
  const company = await by('second-of-company', ofCompany)
  refused(await handIn(company, await ticketOf(first), first), 'conflict', /not that of a company/)
  refused(await company.post('/sign-in/link-tickets', {}), 'conflict', /not that of a company/)
  // A directory that was reached around its organization is still the company's.
  const directory = await by('samlp|sea|mia')
  refused(await handIn(directory, await ticketOf(first), first), 'conflict', /not that of a company/)
  refused(await handIn(first, await ticketOf(directory), directory), 'conflict', /not that of a company/)
  const linked = await by('linked')
  await linkThem(first, linked)
  assert.equal(await statusOf(await by('linked', { ...ofCompany, secondsAgo: -1 })), 401)
  assert.equal(await statusOf(await by('linked')), 200)
})

test('by a linked sign-in nobody comes without a session that can be ended', async () => {
  const { first, second } = await two()
  const nowhere = { claims: { 'https://everjust.dev/sid': undefined } }
  const loose = await by('loose', nowhere)
  refused(await loose.post('/sign-in/link-tickets', {}), 'conflict', /without a session/)
  refused(await handIn(loose, await ticketOf(first), first), 'conflict', /without a session/)
  await linkThem(first, second)
  assert.equal(await statusOf(await by(`second-${pairs}`, nowhere)), 401)
})

test('who is blocked or suspended is linked to nobody, and nobody to them', async () => {
  for (const who of [0, 1] as const) {
    for (const column of ['blocked_at', 'suspended_at'] as const) {
      const { first, second, ids } = await two()
      const ticket = await ticketOf(first)
      await sql`update everjust.users set ${sql(column)} = now(), suspended_reason = 'x' where id = ${ids[who]}`
      const { status } = await handIn(second, ticket, first)
      assert.equal(status, who === 0 ? 409 : column === 'blocked_at' ? 401 : 403, `${who} ${column}`)
      const none = await sql`select from everjust.identities where user_id in ${sql([...ids])}`
      assert.equal(none.length, 0)
    }
  }
})

test('two who hand in the same ticket at once, and two who link each other at once: one of them does', async () => {
  const instances = await Promise.all([world.instance(), world.instance()])
  const at = (index: number, caller: Caller) => instances[index]?.withToken(caller.token ?? '') ?? caller
  for (let round = 0; round < 5; round++) {
    const { first, second } = await two()
    const third = await by(`third-${pairs}`)
    const ticket = await ticketOf(first)
    const same = await Promise.all([handIn(at(0, second), ticket, first), handIn(at(1, third), ticket, first)])
    assert.deepEqual(same.map(({ status }) => status).sort(), [204, 409])
    assert.equal((await listed(first)).length, 2)

    const { first: one, second: other, ids } = await two()
    const [ofOne, ofOther] = [await ticketOf(one), await ticketOf(other)]
    const crossed = await Promise.all([handIn(at(0, other), ofOne, one), handIn(at(1, one), ofOther, other)])
    assert.equal(crossed.filter(({ status }) => status === 204).length, 1, JSON.stringify(crossed))
    const alive = await sql`select from everjust.users where id in ${sql([...ids])} and deleted_at is null`
    assert.equal(alive.length, 1)
  }
})

test('one account that is linked to two at once becomes that of one', async () => {
  const instances = await Promise.all([world.instance(), world.instance()])
  const { first, second } = await two()
  const other = await by(`other-${pairs}`)
  const tickets = [await ticketOf(first), await ticketOf(other)] as const
  const answers = await Promise.all(
    [first, other].map((asking, index) =>
      handIn(instances[index]?.withToken(second.token ?? '') ?? second, tickets[index] ?? '', asking),
    ),
  )
  assert.equal(answers.filter(({ status }) => status === 204).length, 1, JSON.stringify(answers))
  assert.equal((await sql`select from everjust.identities where subject = ${`auth0|second-${pairs}`}`).length, 1)
})

test('two people who swap their addresses are linked by nothing of it, and each is told where they are now', async () => {
  const { first, second, ids } = await two()
  const [mine, hers] = [`first-${pairs}@example.com`, `second-${pairs}@example.com`]
  const swapped = [await by(`first-${pairs}`, { email: hers }), await by(`second-${pairs}`, { email: mine })] as const
  await areTwo(swapped, ids)
  // The same address twice is not the same person either.
  await areTwo([await by(`first-${pairs}`, { email: mine }), await by(`second-${pairs}`, { email: mine })], ids)
  refused(await handIn(swapped[1], 'a-ticket-that-nobody-gave', swapped[0]), 'conflict', over)
  await linkThem(first, second)
  assert.equal((await listed(first)).length, 2)
})

test('nobody takes away the one they came by, the last one, or that of somebody else', async () => {
  const { first, second } = await two()
  refused(await first.delete('/sign-in/identities/first'), 'conflict', /You came by this one/)
  await linkThem(first, second)
  const stranger = await by('stranger')
  const [, linked] = await listed(first)
  assert.equal((await stranger.delete(`/sign-in/identities/${linked?.id}`)).status, 404)
  const viaSecond = await by(`second-${pairs}`)
  refused(await viaSecond.delete(`/sign-in/identities/${linked?.id}`), 'conflict', /You came by this one/)
  refused(await first.delete('/sign-in/identities/first'), 'conflict', /You came by this one/)
  assert.equal((await listed(first)).length, 2)
})

test('two who take away each other at once leave one', async () => {
  const { first, second } = await two()
  await linkThem(first, second)
  const viaSecond = await by(`second-${pairs}`)
  const [, linked] = await listed(viaSecond)
  const instances = await Promise.all([world.instance(), world.instance()])
  const answers = await Promise.all([
    instances[0].withToken(first.token ?? '').delete(`/sign-in/identities/${linked?.id}`),
    instances[1].withToken(viaSecond.token ?? '').delete('/sign-in/identities/first'),
  ])
  assert.equal(answers.filter(({ status }) => status === 204).length, 1, JSON.stringify(answers))
  const left = await Promise.all([statusOf(first), statusOf(viaSecond)])
  assert.deepEqual(left.sort(), [200, 401])
})
