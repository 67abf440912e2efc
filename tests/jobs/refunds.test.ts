import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { OrganizationId } from '../../lib/contract/ids.ts'
import { openBuyers } from './buyers.ts'
import { cards } from './payers.ts'
import { mistakes, success } from './stage.ts'

const { stage, world, payers, drain, allowed, buy, more, project, ask } = await openBuyers({ after })

/** Gives back so many cents of the last payment of an organization, as somebody does in the dashboard of the provider. */
async function giveBack(organizationId: OrganizationId, cents?: number) {
  const [account] = await world.sql`
    select customer_id from everjust.billing_accounts where organization_id = ${organizationId}`
  const found = `customer=${account?.['customer_id']}&status=complete`
  const { data } = await provider('GET', `/v1/checkout/sessions?${found}`)
  const session = data.find(({ mode }: { mode: string }) => mode === 'payment')
  return provider('POST', '/v1/refunds', { payment_intent: session.payment_intent, ...(cents && { amount: cents }) })
}

async function provider(method: string, path: string, fields?: Record<string, unknown>) {
  const headers = { authorization: `Bearer ${world.settings['STRIPE_SECRET_KEY']}` }
  const body = fields && new URLSearchParams(Object.entries(fields).map(([name, value]) => [name, String(value)]))
  const answer = await fetch(`${payers.billing.url}${path}`, { method, headers, ...(body && { body }) })
  assert.equal(answer.status, 200, await answer.clone().text())
  return answer.json()
}

test('a refund takes the requests back that were not used, once, and is in the books, on the invoice and in the log', async () => {
  const { owner, organizationId } = await allowed(0)
  await payers.submit(await buy(owner, organizationId, 2), { card: cards.good })
  await payers.hear()
  const run = await stage.start(owner, await project(owner, organizationId))
  await giveBack(organizationId, 500)
  const events = payers.billing.events().filter(({ type }) => type === 'charge.refunded')
  await payers.hear()
  assert.equal((await more(owner, organizationId)).credits, 149, 'a quarter of them; one is set aside')
  for (const event of events) await payers.deliver({ ...payers.sign({ ...event, id: `${event.id}_again` }) })
  await drain()
  assert.equal((await more(owner, organizationId)).credits, 149)

  await giveBack(organizationId)
  await payers.hear()
  assert.equal((await more(owner, organizationId)).credits, 0, 'what is used stays used')
  const [topUp] = await world.sql`
    select requests, taken_back, refunded_micros from everjust.top_ups where organization_id = ${organizationId}`
  assert.deepEqual({ ...topUp }, { requests: 200, taken_back: 199, refunded_micros: '20000000' })
  await run.runner.post(`${run.reports}/end`, { ...success, outcome: 'failed', failure: 'platform_fault' })
  await drain()
  assert.equal(
    (await more(owner, organizationId)).credits,
    1,
    'what comes back later was paid for by nobody, and is theirs',
  )

  const { body: usage } = await owner.get(`/user/usage?organizationId=${organizationId}`)
  assert.equal(usage.generations.credits, 0, 'what was taken back was not used')
  const { items } = (await owner.get(`/billing/${organizationId}/invoices`)).body
  assert.deepEqual(
    items.map(({ totalMicros, returnedMicros }: Record<string, number>) => [totalMicros, returnedMicros]),
    [
      [20_000_000, 20_000_000],
      [98_000_000, 0],
    ],
  )
  const log = await world.sql`
    select detail from everjust.audit_log where organization_id = ${organizationId} and action = 'billing.refund' order by id`
  assert.deepEqual(
    log.map(({ detail }) => detail),
    [
      { requests: 50, refundedMicros: 5_000_000 },
      { requests: 149, refundedMicros: 20_000_000 },
    ],
  )
  assert.deepEqual(await mistakes(world), [])
})

test('a credit note counts as the refund that it is, and none of the requests that were bought later pays for an earlier one', async () => {
  const { owner, organizationId } = await allowed(0)
  await payers.submit(await buy(owner, organizationId, 1), { card: cards.good })
  await payers.hear()
  const [invoice] = (await owner.get(`/billing/${organizationId}/invoices`)).body.items
  await world.sql`
    update everjust.billing_accounts set credits = credits - 100 where organization_id = ${organizationId}`
  await provider('POST', '/v1/credit_notes', { invoice: invoice.id, refund_amount: 600, credit_amount: 400 })
  await payers.hear()
  await payers.submit(await buy(owner, organizationId, 1), { card: cards.good })
  await payers.hear()
  assert.equal((await more(owner, organizationId)).credits, 100)
  const [, first] = (await owner.get(`/billing/${organizationId}/invoices`)).body.items
  assert.equal(first.returnedMicros, 10_000_000)
  assert.deepEqual(await mistakes(world), [])
})

test('of requests that are asked for while their payment is given back none is let in twice', async () => {
  const { owner, organizationId } = await allowed(0)
  await payers.submit(await buy(owner, organizationId, 1), { card: cards.good })
  await payers.hear()
  const projects = []
  for (let each = 0; each < 6; each++) projects.push(await project(owner, organizationId))
  await giveBack(organizationId, 950)
  const [answers] = await Promise.all([Promise.all(projects.map((id) => ask(owner, id))), payers.hear()])
  await drain()
  const begun = answers.filter(({ status }) => status === 202).length
  const [row] = await world.sql`
    select a.credits - q.used - q.reserved as left, t.taken_back as back
    from everjust.billing_accounts a
    join everjust.quotas q on q.organization_id = a.organization_id and q.metric = 'credits'
    join everjust.top_ups t on t.organization_id = a.organization_id
    where a.organization_id = ${organizationId}`
  assert.ok(row)
  assert.equal(Number(row['left']), 100 - begun - Number(row['back']))
  assert.ok(Number(row['left']) >= 0)
  assert.deepEqual(await mistakes(world), [])
})
