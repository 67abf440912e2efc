import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import Stripe from 'stripe'
import { startBilling, type BillingOptions } from '../../local/billing/index.ts'

const dataDir = await mkdtemp(join(tmpdir(), 'everjust-billing-'))
after(() => rm(dataDir, { recursive: true }))

const faults: number[] = []
const options: BillingOptions = {
  dataDir,
  port: 0,
  apiKey: 'sk_test',
  prices: { pro_monthly: 1_900, team_seat_monthly: 4_900 },
  bought: { request_pack: 1_000 },
  metered: { ai_overage: 12 },
  codes: { HALF: 50 },
  fault: () => faults.shift(),
}
let billing = await startBilling(options)
after(() => billing.stop())

/** Stripe's own client, as it comes. */
function client(key = 'sk_test') {
  const { hostname, port } = new URL(billing.url)
  return new Stripe(key, { host: hostname, port, protocol: 'http', maxNetworkRetries: 2, telemetry: false })
}

async function subscribe({ price = 'team_seat_monthly', quantity = 2, code = '' } = {}) {
  const stripe = client()
  const customer = await stripe.customers.create({ metadata: { organization_id: 'org_x' } })
  const [found] = (await stripe.prices.list({ lookup_keys: [price] })).data
  assert.ok(found)
  const session = await stripe.checkout.sessions.create({
    mode: 'subscription',
    customer: customer.id,
    line_items: [{ price: found.id, quantity }],
    allow_promotion_codes: true,
    success_url: 'http://localhost:4700/paid',
    cancel_url: 'http://localhost:4700/left',
  })
  await submit(session.url ?? '', { card: '4242 4242 4242 4242', code })
  const [subscription] = (await stripe.subscriptions.list({ customer: customer.id })).data
  assert.ok(subscription)
  return { stripe, customer, session, subscription }
}

const submit = (url: string, fields: Record<string, string>) =>
  fetch(url, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' })

test('a person pays on a page of its own, and a subscription with its period and invoice is there', async () => {
  const { stripe, customer, session, subscription } = await subscribe()
  const [item] = subscription.items.data
  assert.deepEqual([subscription.status, item?.quantity, item?.price.lookup_key], ['active', 2, 'team_seat_monthly'])
  assert.ok((item?.current_period_end ?? 0) > Date.now() / 1000 + 27 * 86_400)
  const [invoice] = (await stripe.invoices.list({ customer: customer.id })).data
  assert.deepEqual([invoice?.status, invoice?.total], ['paid', 9_800])
  assert.equal((await stripe.checkout.sessions.retrieve(session.id)).status, 'complete')
  assert.equal((await fetch(session.url ?? '')).status, 400)
  assert.match(await (await fetch(invoice?.hosted_invoice_url ?? '')).text(), /\$98\.00/)
})

test('a declined card stays on the page with a word, and nothing is sold', async () => {
  const stripe = client()
  const customer = await stripe.customers.create({})
  const { url } = await stripe.checkout.sessions.create({
    mode: 'subscription',
    customer: customer.id,
    line_items: [{ price: 'price_pro_monthly', quantity: 1 }],
    success_url: 'http://localhost:4700/paid',
    cancel_url: 'http://localhost:4700/left',
  })
  const refused = await submit(url ?? '', { card: '4000 0000 0000 0002' })
  assert.equal(refused.status, 200)
  assert.match(await refused.text(), /Your card was declined/)
  assert.deepEqual((await stripe.subscriptions.list({ customer: customer.id, status: 'all' })).data, [])
})

test('a promotion code lowers what is paid, and one that nobody knows is refused', async () => {
  const { stripe, customer } = await subscribe({ price: 'pro_monthly', quantity: 1, code: 'HALF' })
  assert.equal((await stripe.invoices.list({ customer: customer.id })).data[0]?.total, 950)
  await assert.rejects(subscribe({ code: 'NONE' }))
})

test('more seats are charged for the rest of the period, as the preview said, and fewer are credited', async () => {
  const { stripe, customer, subscription } = await subscribe()
  const id = subscription.items.data[0]?.id ?? ''
  const details = { items: [{ id, quantity: 4 }], proration_behavior: 'always_invoice' as const }
  const ahead = await stripe.invoices.createPreview({ subscription: subscription.id, subscription_details: details })
  assert.ok(ahead.total > 9_700 && ahead.total <= 9_800, String(ahead.total))
  const changed = await stripe.subscriptions.update(subscription.id, { items: [{ id, quantity: 4 }] })
  assert.equal(changed.items.data[0]?.quantity, 4)
  const [invoice] = (await stripe.invoices.list({ customer: customer.id })).data
  assert.ok(Math.abs((invoice?.total ?? 0) - ahead.total) <= 1)
  await stripe.subscriptions.update(subscription.id, { items: [{ id, quantity: 1 }] })
  const kept = await stripe.customers.retrieve(customer.id)
  assert.ok(!kept.deleted && kept.balance < -14_000)
})

test('a repeat with the same key is the first answer, and with other words it is refused', async () => {
  const stripe = client()
  const options = { idempotencyKey: 'customer:org_1' }
  const first = await stripe.customers.create({ name: 'Sea' }, options)
  assert.equal((await stripe.customers.create({ name: 'Sea' }, options)).id, first.id)
  await assert.rejects(stripe.customers.create({ name: 'Land' }, options), { type: 'StripeIdempotencyError' })
})

test('what it does not know is refused in the words of the API, and a passing fault is tried again', async () => {
  await assert.rejects(client('sk_other').customers.list(), { type: 'StripeAuthenticationError' })
  await assert.rejects(client().subscriptions.retrieve('sub_none'), { code: 'resource_missing' })
  faults.push(500, 503)
  assert.equal((await client().prices.list()).data.length, 4)
})

test('a card that fails leaves the plan owing; tries come to an end, and another card mends it before', async () => {
  const { stripe, customer, subscription } = await subscribe()
  const portal = await stripe.billingPortal.sessions.create({
    customer: customer.id,
    return_url: 'http://localhost:4700',
  })
  const status = async () => (await stripe.subscriptions.retrieve(subscription.id)).status
  await submit(portal.url, { does: 'card', card: '4000000000000341' })
  await billing.advance(32)
  assert.equal(await status(), 'past_due')
  await submit(portal.url, { does: 'card', card: '4242424242424242' })
  assert.equal(await status(), 'active')
  await submit(portal.url, { does: 'card', card: '4000000000000341' })
  await billing.advance(50)
  assert.equal(await status(), 'canceled')
})

test('a plan that was cancelled lasts until its period ends', async () => {
  const { stripe, customer, subscription } = await subscribe()
  const portal = await stripe.billingPortal.sessions.create({ customer: customer.id })
  await submit(portal.url, { does: 'cancel' })
  const { status, cancel_at } = await stripe.subscriptions.retrieve(subscription.id)
  assert.deepEqual([status, cancel_at], ['active', subscription.items.data[0]?.current_period_end])
  await billing.advance(32)
  assert.equal((await stripe.subscriptions.retrieve(subscription.id)).status, 'canceled')
})

test('events are signed as the client verifies them', () => {
  const event = billing.events()[0]
  assert.ok(event)
  const { body, headers } = billing.sign(event, 'whsec_1')
  const signature = headers['stripe-signature'] ?? ''
  assert.equal(Stripe.webhooks.constructEvent(body, signature, 'whsec_1').id, event.id)
  assert.throws(() => Stripe.webhooks.constructEvent(`${body} `, signature, 'whsec_1'))
})

test('all of it is there after a new start', async () => {
  const { subscription } = await subscribe()
  await billing.stop()
  billing = await startBilling(options)
  assert.equal((await client().subscriptions.retrieve(subscription.id)).status, 'active')
})

test('what is bought once is paid with an invoice of its own, and is no subscription', async () => {
  const stripe = client()
  const customer = await stripe.customers.create()
  const [price] = (await stripe.prices.list({ lookup_keys: ['request_pack'] })).data
  const wish = {
    customer: customer.id,
    line_items: [{ price: price?.id ?? '', quantity: 3 }],
    metadata: { requests: '300' },
    success_url: 'http://localhost:4700/paid',
  }
  await assert.rejects(stripe.checkout.sessions.create({ ...wish, mode: 'subscription' }), { statusCode: 400 })
  const session = await stripe.checkout.sessions.create({ ...wish, mode: 'payment' })
  await submit(session.url ?? '', { card: '4242 4242 4242 4242' })
  const [paid] = (await stripe.checkout.sessions.list({ customer: customer.id, status: 'complete' })).data
  assert.deepEqual(
    [paid?.id, paid?.payment_status, paid?.amount_total, paid?.metadata?.['requests']],
    [session.id, 'paid', 3_000, '300'],
  )
  const [invoice] = (await stripe.invoices.list({ customer: customer.id })).data
  assert.deepEqual([invoice?.total, invoice?.status, invoice?.parent], [3_000, 'paid', null])
  assert.equal((await stripe.subscriptions.list({ customer: customer.id })).data.length, 0)
})

test('what is metered counts once by its identifier, and is on the invoice of the next period alone', async () => {
  const stripe = client()
  const customer = await stripe.customers.create()
  const prices = (await stripe.prices.list({ lookup_keys: ['pro_monthly', 'ai_overage'] })).data
  const idOf = (key: string) => prices.find((each) => each.lookup_key === key)?.id ?? ''
  const session = await stripe.checkout.sessions.create({
    mode: 'subscription',
    customer: customer.id,
    line_items: [{ price: idOf('pro_monthly'), quantity: 1 }, { price: idOf('ai_overage') }],
    success_url: 'http://localhost:4700/paid',
  })
  await submit(session.url ?? '', { card: '4242 4242 4242 4242' })
  const event = {
    event_name: 'ai_overage',
    payload: { stripe_customer_id: customer.id, value: '5' },
    identifier: 'report-1',
  }
  await stripe.billing.meterEvents.create(event)
  await assert.rejects(stripe.billing.meterEvents.create(event), { statusCode: 400 })
  await billing.advance(62)
  const totals = (await stripe.invoices.list({ customer: customer.id })).data.map(({ total }) => total)
  assert.deepEqual(totals, [1_900, 1_900 + 5 * 12, 1_900])
})

test('what was bought once is given back to the card or by a note, and both stand where one reads them', async () => {
  const stripe = client()
  const customer = await stripe.customers.create({})
  const { url } = await stripe.checkout.sessions.create({
    mode: 'payment',
    customer: customer.id,
    line_items: [{ price: 'price_request_pack', quantity: 2 }],
    allow_promotion_codes: true,
    success_url: 'http://localhost:4700/paid',
    cancel_url: 'http://localhost:4700/left',
  })
  await submit(url ?? '', { card: '4242 4242 4242 4242', code: 'HALF' })
  const look = async () => {
    const [session] = (
      await stripe.checkout.sessions.list({
        customer: customer.id,
        expand: ['data.payment_intent.latest_charge', 'data.invoice'],
      })
    ).data
    assert.ok(session && typeof session.payment_intent === 'object' && typeof session.invoice === 'object')
    const charge = session.payment_intent?.latest_charge
    assert.ok(charge && typeof charge === 'object' && session.invoice && session.payment_intent)
    const { id, post_payment_credit_notes_amount: credited } = session.invoice
    return {
      payment: session.payment_intent.id,
      invoice: id,
      paid: session.amount_total,
      back: charge.amount_refunded,
      credited,
    }
  }
  const { payment, invoice, paid } = await look()
  assert.equal(paid, 1_000)
  await stripe.refunds.create({ payment_intent: payment, amount: 300 })
  await stripe.creditNotes.create({ invoice, refund_amount: 200, credit_amount: 100 })
  const { back, credited } = await look()
  assert.deepEqual([back, credited], [500, 300])
  await assert.rejects(stripe.refunds.create({ payment_intent: payment, amount: 501 }), /greater than unrefunded/)
  await assert.rejects(stripe.refunds.create({ payment_intent: 'pi_nobody' }), /No such payment_intent/)
  const told = billing.events().filter(({ object }) => object['customer'] === customer.id)
  assert.deepEqual(told.map(({ type }) => type).slice(-3), [
    'charge.refunded',
    'charge.refunded',
    'credit_note.created',
  ])
})
