import { newId, type OpenBooks, type Session, type Subscription } from './books.ts'
import { canBeCharged } from './cards.ts'
import { customerOf, drawUp, issue, pay, periodPrice, subscriptionOf } from './invoicing.ts'
import { declined, invalid } from './refused.ts'
import { invoiceShape, sessionShape, subscriptionShape } from './shapes.ts'

/** A calendar month later. */
export function monthAfter(at: number): number {
  const date = new Date(at * 1000)
  const wanted = date.getUTCMonth() + 1
  date.setUTCMonth(wanted)
  // The 31st of a month that has none is its last day.
  if (date.getUTCMonth() !== wanted % 12) date.setUTCDate(0)
  return date.getTime() / 1000
}

/** What somebody entered on the checkout page is taken: they subscribe, and pay the first period. */
export function complete(open: OpenBooks, session: Session, given: { card: string; code: string }): void {
  if (session.status !== 'open') throw invalid('This checkout session is not open any more.')
  const percentOff = given.code === '' ? 0 : (session.mayDiscount && open.codes[given.code]) || undefined
  if (percentOff === undefined) throw invalid('This promotion code is not known.')
  if (!canBeCharged(given.card)) throw declined()
  customerOf(open, session.customer).card = given.card
  if (session.mode === 'payment') return buy(open, session, percentOff)
  const created = open.now()
  const subscription: Subscription = {
    id: newId('sub'),
    item: newId('si'),
    customer: session.customer,
    status: 'active',
    price: session.price,
    quantity: session.quantity,
    metered: session.metered,
    from: created,
    to: monthAfter(created),
    endsAtPeriod: false,
    canceled: null,
    percentOff,
    metadata: session.metadata,
    created,
  }
  open.books.subscriptions.push(subscription)
  session.status = 'complete'
  session.subscription = subscription.id
  open.tell('customer.subscription.created', subscriptionShape(subscription, open))
  const amount = periodPrice(open, subscription, session.quantity)
  pay(open, drawUp(open, subscription, { reason: 'subscription_create', amount }))
  open.tell('checkout.session.completed', sessionShape(session, open))
}

/** What is bought once is paid at once, with an invoice of its own. */
function buy(open: OpenBooks, session: Session, percentOff: number): void {
  const each = open.prices.find(({ id }) => id === session.price)?.cents ?? 0
  const total = Math.round((each * session.quantity * (100 - percentOff)) / 100)
  const invoice = issue(open, { customer: session.customer, subscription: '', reason: 'manual', total })
  invoice.status = 'paid'
  Object.assign(session, { status: 'complete', total, invoice: invoice.id })
  open.tell('invoice.paid', invoiceShape(invoice, open))
  open.tell('checkout.session.completed', sessionShape(session, open))
}

/** What a change to so many seats costs now, in cents: the rest of the period, for the seats that come or go. */
export function proration(open: OpenBooks, subscription: Subscription, quantity: number): number {
  const { from, to } = subscription
  const left = Math.max(0, Math.min(1, (to - open.now()) / (to - from)))
  const change = periodPrice(open, subscription, quantity) - periodPrice(open, subscription, subscription.quantity)
  return Math.round(change * left)
}

/** More seats are paid at once or refused; what fewer seats leave over lowers the next invoice. */
export function changeSeats(open: OpenBooks, id: string, quantity: number): Subscription {
  const subscription = subscriptionOf(open, id)
  if (subscription.status === 'canceled') throw invalid('A canceled subscription can only update its metadata.')
  const customer = customerOf(open, subscription.customer)
  const due = proration(open, subscription, quantity)
  if (due > customer.credit && !canBeCharged(customer.card)) throw declined()
  subscription.quantity = quantity
  open.tell('customer.subscription.updated', subscriptionShape(subscription, open))
  if (due < 0) customer.credit -= due
  else if (due > 0) pay(open, drawUp(open, subscription, { reason: 'subscription_update', amount: due }))
  return subscription
}

/** At once; with `prorated`, what was paid for and not used is credited. */
export function cancel(open: OpenBooks, id: string, { prorated }: { prorated: boolean }): Subscription {
  const subscription = subscriptionOf(open, id)
  if (subscription.status === 'canceled') throw invalid('This subscription is canceled already.')
  if (prorated) customerOf(open, subscription.customer).credit -= proration(open, subscription, 0)
  subscription.status = 'canceled'
  subscription.canceled = open.now()
  open.tell('customer.subscription.deleted', subscriptionShape(subscription, open))
  return subscription
}
