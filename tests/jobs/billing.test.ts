import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { schedule } from '../../lib/entry/schedule.ts'
import { duties as daily } from '../../packages/cron/day/index.ts'
import { duties as hourly } from '../../packages/cron/hour/index.ts'
import { openStripe } from '../../lib/adapters/stripe.ts'
import { Secret } from '../../lib/config.ts'
import { cards, openPayers } from './payers.ts'
import { openStage } from './stage.ts'

const stage = await openStage({ after })
const { world, drain } = stage
const payers = await openPayers(stage)
const hour = () => schedule({ endGraces: hourly.endGraces }, () => stage.jobs)()
const subjects = () => stage.mails.splice(0).map(({ subject }) => subject)

test('a person goes from free to pro by paying, and back when the plan that was cancelled ends', async () => {
  const ada = await stage.person()
  const url = await payers.checkOut(ada, ada.organizationId)
  assert.deepEqual(await payers.granted(ada.organizationId), ['free', 1])
  await payers.submit(url, { card: cards.good })
  await payers.hear()
  assert.deepEqual(await payers.granted(ada.organizationId), ['pro', 1])
  const { body } = await ada.get(`/billing/${ada.organizationId}`)
  assert.deepEqual([body.state, body.plan, body.monthlyMicros, body.hasAccount], ['paid', 'pro', 19_000_000, true])
  const { body: invoices } = await ada.get(`/billing/${ada.organizationId}/invoices`)
  assert.deepEqual(
    [invoices.items.length, invoices.items[0].totalMicros, invoices.items[0].state],
    [1, 19_000_000, 'paid'],
  )

  const { body: portal } = await ada.post(`/billing/${ada.organizationId}/portal`)
  await payers.submit(portal.url, { does: 'cancel' })
  await payers.hear()
  const ending = await ada.get(`/billing/${ada.organizationId}`)
  assert.deepEqual([ending.body.state, ending.body.tier], ['ending', 'pro'])
  await payers.billing.advance(32)
  await payers.hear()
  assert.deepEqual(await payers.granted(ada.organizationId), ['free', 1])
  assert.equal((await ada.get(`/billing/${ada.organizationId}`)).body.state, 'ended')
  assert.equal((await ada.post(`/billing/${ada.organizationId}/checkout`, {})).status, 200)
  const actions = await world.sql`
    select action, actor from everjust.audit_log where organization_id = ${ada.organizationId} order by id`
  assert.deepEqual(
    actions.map(({ action, actor }) => [action, actor === 'billing']),
    [
      ['billing.checkout', false],
      ['plan.pro', true],
      ['billing.portal', false],
      ['plan.free', true],
      ['billing.checkout', false],
    ],
  )
})

test('an event counts once however often it comes, and in whatever order', async () => {
  const { organizationId, owner } = await payers.team(3)
  await payers.useCard(owner, organizationId, cards.failing)
  await payers.billing.advance(32)
  await payers.useCard(owner, organizationId, cards.good)
  const events = payers.news().toReversed()
  assert.ok(events.length > 3)
  for (const event of [...events, ...events]) assert.equal(await payers.deliver(payers.sign(event)), 200)
  await drain()
  assert.deepEqual(await payers.granted(organizationId), ['team', 3])
  for (const event of events) await payers.deliver(payers.sign(event))
  assert.deepEqual(world.wakes, [])
  const [row] =
    await world.sql`select count(*)::int as n from everjust.billing_events where id in ${world.sql(events.map(({ id }) => id))}`
  assert.equal(row?.['n'], events.length)
})

test('what is forged, old, altered or signed with another secret is refused and leaves nothing', async () => {
  await payers.team()
  const event = payers.billing.events().at(-1)
  assert.ok(event)
  const other = { ...event, id: 'evt_forged' }
  const now = Math.floor(Date.now() / 1000)
  const forged = payers.sign(other, 'whsec_wrong')
  const whole = payers.sign(other)
  const refused = [
    forged,
    payers.sign(other, 'whsec_new', now - 301),
    payers.sign(other, 'whsec_new', now + 301),
    { ...whole, body: `${whole.body} ` },
    { ...whole, headers: {} },
    { ...whole, headers: { 'stripe-signature': `t=${now},v1=` } },
  ]
  for (const delivery of refused) assert.equal(await payers.deliver(delivery), 400)
  assert.deepEqual([...(await world.sql`select id from everjust.billing_events where id = 'evt_forged'`)], [])
  // A secret that is being replaced still counts, and what an event says of itself is not believed.
  const lie = { ...other, object: { ...other.object, items: { data: [{ quantity: 9_999 }] } } }
  assert.equal(await payers.deliver(payers.sign(lie, 'whsec_old')), 200)
  await drain()
})

test('an event of nobody we know, or that is none, is taken and does nothing', async () => {
  const stranger = { id: 'evt_stranger', type: 'invoice.paid', created: 0, object: { customer: 'cus_stranger' } }
  assert.equal(await payers.deliver(payers.sign(stranger)), 200)
  assert.equal(await payers.deliver(payers.sign({ ...stranger, id: 'evt_2', object: { customer: { id: 7 } } })), 200)
  assert.deepEqual(world.wakes, [])
})

test('two checkouts at once lead to one page, and to one plan even when two were paid', async () => {
  const owner = await stage.person()
  const [one, two] = await Promise.all([
    payers.checkOut(owner, owner.organizationId),
    payers.checkOut(owner, owner.organizationId),
  ])
  assert.equal(one, two)
  await payers.submit(one, { card: cards.good })
  assert.equal((await payers.submit(two, { card: cards.good })).status, 400)
  await payers.hear()
  assert.equal((await owner.post(`/billing/${owner.organizationId}/checkout`, {})).status, 409)

  // By hand, past all of that: a second subscription of the same customer.
  const [row] =
    await world.sql`select customer_id from everjust.billing_accounts where organization_id = ${owner.organizationId}`
  const payments = stage.jobs.payments
  const customerId = row?.['customer_id'] as string
  const second = await payments.openCheckout({
    ...{ organizationId: owner.organizationId, customerId, plan: 'pro', seats: 1, key: 'by hand' },
    ...{ paid: 'http://localhost:4700/', left: 'http://localhost:4700/', expiresAt: new Date(Date.now() + 4e6) },
  })
  await payers.submit(second.url, { card: cards.good })
  await payers.hear()
  await payers.hear()
  const live = (await payments.subscriptionsOf(customerId)).filter(({ status }) => status === 'active')
  assert.equal(live.length, 1)
  assert.deepEqual(await payers.granted(owner.organizationId), ['pro', 1])
})

test('a checkout for other seats closes the one before', async () => {
  const { owner, organizationId } = await payers.team()
  await world.sql`update everjust.billing_accounts set status = 'canceled' where organization_id = ${organizationId}`
  const first = await payers.checkOut(owner, organizationId, 4)
  const second = await payers.checkOut(owner, organizationId, 6)
  assert.notEqual(first, second)
  assert.equal((await payers.submit(first, { card: cards.good })).status, 400)
  assert.equal((await fetch(second)).status, 200)
})

test('seats are previewed, paid and counted; of two who change them at once one is told', async () => {
  const { owner, organizationId } = await payers.team(2)
  const path = `/billing/${organizationId}/seats`
  const { body: ahead } = await owner.get(`${path}?seats=5`)
  assert.equal(ahead.monthlyMicros, 5 * 49_000_000)
  assert.ok(ahead.dueNowMicros > 2.9 * 49_000_000 && ahead.dueNowMicros <= 3 * 49_000_000, String(ahead.dueNowMicros))
  const answers = await Promise.all([5, 7].map((seats) => owner.put(path, { from: 2, seats })))
  assert.deepEqual(answers.map(({ status }) => status).sort(), [202, 409])
  await drain()
  const won = answers[0]?.status === 202 ? 5 : 7
  assert.deepEqual(await payers.granted(organizationId), ['team', won])
  assert.equal((await owner.put(path, { from: 2, seats: 9 })).status, 409)
  const { body: fewer } = await owner.get(`${path}?seats=1`)
  assert.ok(fewer.creditMicros > 0 && fewer.dueNowMicros === 0)
})

test('seats that the card does not pay for stay as they were, and another card buys them', async () => {
  const { owner, organizationId } = await payers.team(2)
  const path = `/billing/${organizationId}/seats`
  await payers.useCard(owner, organizationId, cards.failing)
  const refused = await owner.put(path, { from: 2, seats: 3 })
  assert.deepEqual([refused.status, refused.body.code], [402, 'payment_required'])
  assert.deepEqual(await payers.granted(organizationId), ['team', 2])
  await payers.useCard(owner, organizationId, cards.good)
  assert.equal((await owner.put(path, { from: 2, seats: 3 })).status, 202)
  await drain()
  assert.deepEqual(await payers.granted(organizationId), ['team', 3])
})

test('there are never fewer seats than people', async () => {
  const { owner, organizationId } = await payers.team(3)
  for (let each = 0; each < 2; each++) {
    const { id } = await stage.person()
    await world.sql`insert into everjust.memberships (organization_id, user_id, role) values (${organizationId}, ${id}, 'viewer')`
  }
  const refused = await owner.put(`/billing/${organizationId}/seats`, { from: 3, seats: 2 })
  assert.deepEqual([refused.status, /3 people/.test(refused.body.detail)], [409, true])
})

test('a failed payment is told, holds for seven days, is reminded of, and then the plan is free with nothing deleted', async () => {
  const { owner, organizationId } = await payers.team(2)
  subjects()
  const { body: project } = await owner.post('/projects', { name: 'Kept', organizationId })
  await payers.useCard(owner, organizationId, cards.failing)
  await payers.billing.advance(31)
  await payers.hear()
  assert.deepEqual(subjects(), ['A payment for Team failed'])
  assert.deepEqual(await payers.granted(organizationId), ['team', 2])
  const { body } = await owner.get(`/billing/${organizationId}`)
  assert.equal(body.state, 'owing')
  assert.ok(Math.abs(Date.parse(body.graceUntil) - Date.now() - 7 * 86_400_000) < 60_000)

  const owedFor = (days: number) => world.sql`
    update everjust.billing_accounts set unpaid_since = now() - make_interval(days => ${days}) where organization_id = ${organizationId}`
  await hour()
  assert.deepEqual((await drain(), subjects()), [])
  await owedFor(5)
  await hour()
  await hour()
  await drain()
  assert.match(subjects().join(), /^The plan of Team ends on [A-Z][a-z]+ \d+, \d{4}$/)
  await owedFor(7)
  await hour()
  await hour()
  await drain()
  assert.deepEqual(subjects(), ['Team is on the free plan now'])
  assert.deepEqual(await payers.granted(organizationId), ['free', 1])
  assert.equal((await owner.get(`/projects/${project.id}`)).body.name, 'Kept')
  assert.equal((await owner.get(`/billing/${organizationId}`)).body.state, 'ended')

  await payers.useCard(owner, organizationId, cards.good)
  await payers.hear()
  assert.deepEqual(await payers.granted(organizationId), ['team', 2])
  assert.deepEqual(subjects(), ['Team is paid again'])
})

test('a run that goes on while its plan ends is settled as it began', async () => {
  const { owner, organizationId } = await payers.team(1)
  const { body: project } = await owner.post('/projects', { name: 'Mid run', organizationId })
  const run = await stage.start(owner, project.id)
  await world.sql`update everjust.organizations set tier = 'free', seats = 1 where id = ${organizationId}`
  const end = { attempt: 1, outcome: 'succeeded', failure: null, answer: 'Done.', versionId: null }
  const { status, body } = await run.runner.post(`${run.reports}/end`, end)
  assert.ok(status < 300, JSON.stringify(body))
  const open =
    await world.sql`select id from everjust.ledger where organization_id = ${organizationId} and state = 'reserved'`
  assert.deepEqual([...open], [])
  await drain()
})

test('while the provider is down everything but paying works, and what was paid is seen once it is back', async () => {
  const down = { payments: openStripe({ url: 'http://127.0.0.1:9', key: new Secret('sk') }) }
  const { owner, organizationId } = await payers.team(2)
  await payers.billing.advance(1)
  await payers.news()
  const api = (path: string) => ({
    http: { method: 'POST', path, headers: { authorization: `Bearer ${owner.token}` } },
  })
  const main = world.serving(down)['billing']
  const answer = await main?.(api(`/${organizationId}/portal`))
  assert.equal(answer?.statusCode, 503)
  assert.equal((await owner.get(`/billing/${organizationId}`)).status, 200)
  assert.equal((await owner.get(`/user/billing?organizationId=${organizationId}`)).status, 200)
  assert.equal((await owner.post('/projects', { name: 'Works', organizationId })).status, 201)
  assert.equal((await owner.post(`/billing/${organizationId}/refresh`)).status, 202)
  const [wake] = world.wakes
  assert.ok(wake)
  await drain(down)
  const state = async () => (await world.sql`select state from everjust.jobs where id = ${wake.jobId}`)[0]?.['state']
  assert.equal(await state(), 'queued')
  await world.sql`update everjust.jobs set run_at = now() where id = ${wake.jobId}`
  await stage.work('sync-billing', wake.jobId)
  assert.deepEqual([await state(), await payers.granted(organizationId)], ['done', ['team', 2]])
  world.logs.splice(0)
})

test('a fetch that was overtaken by a later one writes nothing', async () => {
  const { owner, organizationId } = await payers.team(2)
  const real = stage.jobs.payments
  const stale = await real.subscriptionsOf(await customerOf(organizationId))
  const slow = {
    payments: {
      ...real,
      subscriptionsOf: async () => {
        await owner.put(`/billing/${organizationId}/seats`, { from: 2, seats: 6 })
        for (const { kind, jobId } of world.wakes.splice(0)) await stage.work(kind, jobId)
        return stale
      },
    },
  }
  await owner.post(`/billing/${organizationId}/refresh`)
  const [wake] = world.wakes.splice(0)
  assert.ok(wake)
  await stage.work('sync-billing', wake.jobId, slow)
  assert.deepEqual(await payers.granted(organizationId), ['team', 6])
})

test('an event that never came is made good within a day, and what an operator set stays', async () => {
  const { owner, organizationId } = await payers.team(2)
  const again = await payers.agreeUpon(owner, organizationId)
  assert.equal((await again.post(`/billing/${organizationId}/checkout`, {})).status, 409)
  await world.sql`update everjust.billing_accounts set synced_at = now() - interval '1 day' where organization_id = ${organizationId}`
  await schedule({ lookAtAccounts: daily.lookAtAccounts }, () => stage.jobs)()
  assert.ok((await drain()).includes('sync-billing'))
  assert.deepEqual(await payers.granted(organizationId), ['enterprise', 2])
})

test('no request writes what was paid for, not even by hand', async () => {
  const { owner, organizationId } = await payers.team(2)
  const as = { kind: 'user', userId: owner.id, scopes: 'all' } as const
  const denied = (column: string, value: unknown) =>
    assert.rejects(
      world.context.database.as(
        as,
        (sql) => sql`update everjust.billing_accounts set ${sql({ [column]: value } as never)}`,
      ),
      { code: '42501' },
    )
  await denied('seats', 99)
  await denied('status', 'active')
  await denied('unpaid_since', null)
  const extra = { seats: 3, tier: 'enterprise', plan: 'pro', customer_id: 'cus_x' }
  assert.equal((await owner.post(`/billing/${organizationId}/checkout`, extra)).status, 400)
  const stranger = await stage.person()
  assert.equal((await stranger.get(`/billing/${organizationId}/invoices`)).status, 404)
})

async function customerOf(organizationId: string): Promise<string> {
  const [row] =
    await world.sql`select customer_id from everjust.billing_accounts where organization_id = ${organizationId}`
  return row?.['customer_id'] as string
}
