import type { Customer, Event, Invoice, OpenBooks, Price, Session, Subscription } from './books.ts'

/** The version of Stripe's API whose shapes these are. */
export const apiVersion = '2026-10-28.endive'

type Shape = Record<string, unknown>

export const listOf = (url: string, items: Shape[]): Shape => ({ object: 'list', url, has_more: false, data: items })

export const customerShape = ({ id, name, email, metadata, created, credit, deleted }: Customer): Shape =>
  deleted
    ? { id, object: 'customer', deleted }
    : { id, object: 'customer', name, email, metadata, created, balance: -credit, livemode: false }

export const priceShape = ({ id, lookupKey, cents, kind }: Price): Shape => ({
  id,
  object: 'price',
  active: true,
  currency: 'usd',
  lookup_key: lookupKey,
  type: kind === 'once' ? 'one_time' : 'recurring',
  recurring: kind === 'once' ? null : { interval: 'month', interval_count: 1, usage_type: kind },
  unit_amount: cents,
  livemode: false,
})

/** `expanded` names what stands there itself instead of its id. */
export const sessionShape = (session: Session, open: OpenBooks, expanded?: unknown): Shape => ({
  id: session.id,
  object: 'checkout.session',
  mode: session.mode,
  amount_total: session.total ?? priceOf(session, open) * session.quantity,
  status: session.status,
  payment_status: session.status === 'complete' ? 'paid' : 'unpaid',
  customer: session.customer,
  subscription: session.subscription,
  payment_intent: paymentOf(session, expanded),
  invoice: invoiceOf(session, open, expanded),
  client_reference_id: session.reference,
  metadata: session.metadata,
  success_url: session.successUrl,
  cancel_url: session.cancelUrl,
  created: session.created,
  expires_at: session.expires,
  url: session.status === 'open' ? `${open.origin}/pay/${session.id}` : null,
  livemode: false,
})

const asks = (expanded: unknown, name: string) => Array.isArray(expanded) && expanded.includes(`data.${name}`)

/** What is paid once, and costs something, has a charge. */
function paymentOf(session: Session, expanded: unknown): Shape | string | null {
  if (!session.total) return null
  const id = `pi_${session.id}`
  if (!asks(expanded, 'payment_intent.latest_charge')) return id
  return { id, object: 'payment_intent', customer: session.customer, latest_charge: chargeShape(session) }
}

export const chargeShape = ({ id, customer, total, refunded, created }: Session): Shape => ({
  id: `ch_${id}`,
  object: 'charge',
  customer,
  payment_intent: `pi_${id}`,
  amount: total,
  amount_refunded: refunded,
  refunded: refunded === total,
  created,
  livemode: false,
})

function invoiceOf(session: Session, open: OpenBooks, expanded: unknown): Shape | string | null {
  const invoice = open.books.invoices.find(({ id }) => id === session.invoice)
  return invoice && asks(expanded, 'invoice') ? invoiceShape(invoice, open) : session.invoice
}

const priceOf = ({ price }: Session, { prices }: OpenBooks) => prices.find(({ id }) => id === price)?.cents ?? 0

/** Periods stand on items, not on the subscription (since the API's version of March 2025). */
export function subscriptionShape(subscription: Subscription, { prices }: OpenBooks): Shape {
  const price = prices.find(({ id }) => id === subscription.price)
  const item = {
    id: subscription.item,
    object: 'subscription_item',
    subscription: subscription.id,
    quantity: subscription.quantity,
    price: price && priceShape(price),
    current_period_start: subscription.from,
    current_period_end: subscription.to,
  }
  const { quantity: _, ...unmeasured } = item
  const other = prices.find(({ id }) => id === subscription.metered)
  const metered = other ? [{ ...unmeasured, id: `${item.id}_metered`, price: priceShape(other) }] : []
  return {
    id: subscription.id,
    object: 'subscription',
    customer: subscription.customer,
    status: subscription.status,
    cancel_at_period_end: subscription.endsAtPeriod,
    cancel_at: subscription.endsAtPeriod ? subscription.to : null,
    canceled_at: subscription.canceled,
    metadata: subscription.metadata,
    created: subscription.created,
    items: listOf(`/v1/subscription_items?subscription=${subscription.id}`, [item, ...metered]),
    livemode: false,
  }
}

export const invoiceShape = (invoice: Invoice, open: OpenBooks): Shape => ({
  id: invoice.id,
  object: 'invoice',
  number: invoice.number,
  customer: invoice.customer,
  status: invoice.status,
  currency: 'usd',
  total: invoice.total,
  amount_due: invoice.total,
  amount_paid: invoice.status === 'paid' ? invoice.total : 0,
  post_payment_credit_notes_amount: invoice.credited,
  billing_reason: invoice.reason,
  attempt_count: invoice.attempts,
  next_payment_attempt: invoice.nextAttempt,
  created: invoice.created,
  hosted_invoice_url: `${open.origin}/invoices/${invoice.id}`,
  invoice_pdf: `${open.origin}/invoices/${invoice.id}`,
  parent: invoice.subscription
    ? { type: 'subscription_details', subscription_details: { subscription: invoice.subscription } }
    : null,
  livemode: false,
})

export const eventShape = ({ id, type, created, object }: Event): Shape => ({
  id,
  object: 'event',
  type,
  api_version: apiVersion,
  created,
  data: { object },
  livemode: false,
  pending_webhooks: 1,
})
