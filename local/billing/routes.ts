import { newId, type OpenBooks, type Session } from './books.ts'
import { advanceTo } from './clock.ts'
import { textAt, textsAt, type Form } from './form.ts'
import { everKnown, forget } from './forgetting.ts'
import { customerOf, subscriptionOf } from './invoicing.ts'
import { creditNote, refund } from './refunding.ts'
import { invalid, missing } from './refused.ts'
import { customerShape, invoiceShape, listOf, priceShape, sessionShape, subscriptionShape } from './shapes.ts'
import { cancel, changeSeats, proration } from './subscribing.ts'

export interface Asked {
  open: OpenBooks
  /** The rest of the path after what the route names. */
  id: string
  form: Form
}
type Answer = Record<string, unknown>

/** The part of Stripe's API that is spoken here; `:id` is one segment. */
export const routes: Readonly<Record<string, (asked: Asked) => Answer>> = {
  'GET /v1/prices': ({ open, form }) => {
    const wanted = form['lookup_keys']
    const found = open.prices.filter(({ lookupKey }) => !Array.isArray(wanted) || wanted.includes(lookupKey))
    return listOf('/v1/prices', found.map(priceShape))
  },
  'POST /v1/customers': makeCustomer,
  'GET /v1/customers/:id': ({ open, id }) => customerShape(everKnown(open, id)),
  'DELETE /v1/customers/:id': ({ open, id }) => customerShape(forget(open, customerOf(open, id))),
  'POST /v1/checkout/sessions': openSession,
  'GET /v1/checkout/sessions': ({ open, form }) => {
    const [customer, status] = [textAt(form, 'customer'), textAt(form, 'status')]
    const found = open.books.sessions.filter(
      (each) => (!customer || each.customer === customer) && (!status || each.status === status),
    )
    return listOf(
      '/v1/checkout/sessions',
      found.toReversed().map((each) => sessionShape(each, open, form['expand'])),
    )
  },
  'GET /v1/checkout/sessions/:id': ({ open, id }) => sessionShape(sessionOf(open, id), open),
  'POST /v1/checkout/sessions/:id/expire': ({ open, id }) => {
    const session = sessionOf(open, id)
    if (session.status !== 'open') throw invalid('Only open sessions can be expired.')
    session.status = 'expired'
    open.tell('checkout.session.expired', sessionShape(session, open))
    return sessionShape(session, open)
  },
  'POST /v1/billing_portal/sessions': openPortal,
  'POST /v1/billing/meter_events': takeUse,
  'GET /v1/subscriptions': ({ open, form }) => {
    const customer = textAt(form, 'customer')
    const every = textAt(form, 'status') === 'all'
    const found = open.books.subscriptions.filter(
      (each) => (!customer || each.customer === customer) && (every || each.status !== 'canceled'),
    )
    return listOf(
      '/v1/subscriptions',
      found.toReversed().map((each) => subscriptionShape(each, open)),
    )
  },
  'GET /v1/subscriptions/:id': ({ open, id }) => subscriptionShape(subscriptionOf(open, id), open),
  'POST /v1/subscriptions/:id': updateSubscription,
  'DELETE /v1/subscriptions/:id': ({ open, id, form }) =>
    subscriptionShape(cancel(open, id, { prorated: textAt(form, 'prorate') === 'true' }), open),
  'GET /v1/invoices': ({ open, form }) => {
    const customer = textAt(form, 'customer')
    const found = open.books.invoices.filter((each) => !customer || each.customer === customer)
    return listOf(
      '/v1/invoices',
      found.toReversed().map((each) => invoiceShape(each, open)),
    )
  },
  'POST /v1/invoices/create_preview': preview,
  'POST /v1/refunds': ({ open, form }) => refund(open, form),
  'POST /v1/credit_notes': ({ open, form }) => creditNote(open, form),
  // One clock for all customers: what Stripe has one of for each test.
  'POST /v1/test_helpers/test_clocks/:id/advance': ({ open, id, form }) => {
    advanceTo(open, Number(textAt(form, 'frozen_time')))
    return { id, object: 'test_helpers.test_clock', frozen_time: open.now(), status: 'ready', livemode: false }
  },
}

export function sessionOf({ books }: OpenBooks, id: string): Session {
  const session = books.sessions.find((each) => each.id === id)
  if (!session) throw missing('checkout.session', id)
  return session
}

function makeCustomer({ open, form }: Asked): Answer {
  const customer = {
    id: newId('cus'),
    name: textAt(form, 'name') ?? null,
    email: textAt(form, 'email') ?? null,
    metadata: textsAt(form, 'metadata'),
    created: open.now(),
    card: null,
    credit: 0,
  }
  open.books.customers.push(customer)
  return customerShape(customer)
}

function openSession({ open, form }: Asked): Answer {
  const mode = textAt(form, 'mode')
  if (mode !== 'subscription' && mode !== 'payment') throw invalid('Only subscriptions and payments are known here.')
  const price = textAt(form, 'line_items', '0', 'price') ?? ''
  const sold = open.prices.find(({ id }) => id === price)
  if (!sold) throw missing('price', price)
  if ((sold.kind === 'once') !== (mode === 'payment'))
    throw invalid(`The price \`${price}\` cannot be used in ${mode} mode.`)
  const session: Session = {
    id: newId('cs_test'),
    mode,
    customer: customerOf(open, textAt(form, 'customer') ?? '').id,
    price,
    quantity: wholeNumber(textAt(form, 'line_items', '0', 'quantity') ?? '1'),
    metered: meteredOf(open, form),
    status: 'open',
    successUrl: textAt(form, 'success_url') ?? '',
    cancelUrl: textAt(form, 'cancel_url') ?? '',
    reference: textAt(form, 'client_reference_id') ?? null,
    metadata: textsAt(mode === 'payment' ? form : ((form['subscription_data'] ?? {}) as Form), 'metadata'),
    mayDiscount: textAt(form, 'allow_promotion_codes') === 'true',
    subscription: null,
    total: null,
    invoice: null,
    refunded: 0,
    created: open.now(),
    // Who asks does not know how far this clock was moved.
    expires: Number(textAt(form, 'expires_at') ?? Math.floor(Date.now() / 1000) + 86_400) + open.books.ahead,
  }
  open.books.sessions.push(session)
  return sessionShape(session, open)
}

function meteredOf({ prices }: OpenBooks, form: Form): string | null {
  const id = textAt(form, 'line_items', '1', 'price')
  if (id === undefined) return null
  if (prices.find((each) => each.id === id)?.kind !== 'metered') throw missing('price', id)
  if (textAt(form, 'line_items', '1', 'quantity')) throw invalid('Quantity should not be specified for metered prices.')
  return id
}

function takeUse({ open, form }: Asked): Answer {
  const identifier = textAt(form, 'identifier') ?? newId('mtr')
  const name = textAt(form, 'event_name') ?? ''
  if (open.books.uses.some((each) => each.identifier === identifier)) {
    throw invalid(`An event already exists with identifier ${identifier}.`)
  }
  if (!open.prices.some(({ lookupKey, kind }) => kind === 'metered' && lookupKey === name)) throw missing('meter', name)
  const value = wholeNumber(textAt(form, 'payload', 'value') ?? '')
  const customer = customerOf(open, textAt(form, 'payload', 'stripe_customer_id') ?? '').id
  open.books.uses.push({ identifier, customer, name, value, at: open.now(), billed: false })
  return { object: 'billing.meter_event', event_name: name, identifier, created: open.now(), livemode: false }
}

function openPortal({ open, form }: Asked): Answer {
  const customer = customerOf(open, textAt(form, 'customer') ?? '').id
  const returnUrl = textAt(form, 'return_url') ?? open.origin
  const portal = { id: newId('bps'), customer, returnUrl }
  open.books.portals.push(portal)
  const url = `${open.origin}/portal/${portal.id}`
  return { id: portal.id, object: 'billing_portal.session', customer, return_url: returnUrl, url, livemode: false }
}

function updateSubscription({ open, id, form }: Asked): Answer {
  const subscription = subscriptionOf(open, id)
  const ends = textAt(form, 'cancel_at_period_end')
  if (ends !== undefined) {
    subscription.endsAtPeriod = ends === 'true'
    open.tell('customer.subscription.updated', subscriptionShape(subscription, open))
  }
  const quantity = textAt(form, 'items', '0', 'quantity')
  if (quantity !== undefined) changeSeats(open, id, wholeNumber(quantity))
  return subscriptionShape(subscription, open)
}

function preview({ open, form }: Asked): Answer {
  const subscription = subscriptionOf(open, textAt(form, 'subscription') ?? '')
  const quantity = wholeNumber(textAt(form, 'subscription_details', 'items', '0', 'quantity') ?? '')
  const due = proration(open, subscription, quantity)
  const credit = customerOf(open, subscription.customer).credit
  return {
    object: 'invoice',
    currency: 'usd',
    customer: subscription.customer,
    total: due,
    amount_due: Math.max(0, due - credit),
    period_end: subscription.to,
  }
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw invalid(`Invalid integer: ${text}`)
  return Number(text)
}
