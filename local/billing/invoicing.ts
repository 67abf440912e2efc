import { newId, type Customer, type Invoice, type OpenBooks, type Subscription } from './books.ts'
import { canBeCharged } from './cards.ts'
import { missing } from './refused.ts'
import { invoiceShape, subscriptionShape } from './shapes.ts'

export const day = 86_400
/** A failed payment is tried again after so many days; when all tries failed, the subscription ends. */
const retriesAfterDays = [3, 5, 7]

export function customerOf({ books }: OpenBooks, id: string): Customer {
  const customer = books.customers.find((each) => each.id === id && !each.deleted)
  if (!customer) throw missing('customer', id)
  return customer
}

export function subscriptionOf({ books }: OpenBooks, id: string): Subscription {
  const subscription = books.subscriptions.find((each) => each.id === id)
  if (!subscription) throw missing('subscription', id)
  return subscription
}

/** What so many seats cost a whole period, in cents. */
export function periodPrice({ prices }: OpenBooks, { price, percentOff }: Subscription, quantity: number): number {
  const each = prices.find(({ id }) => id === price)?.cents ?? 0
  return Math.round((each * quantity * (100 - percentOff)) / 100)
}

/** An invoice over an amount; what the customer has in credit is taken off first. Not paid yet. */
export function drawUp(
  open: OpenBooks,
  subscription: Subscription,
  { reason, amount }: Pick<Invoice, 'reason'> & { amount: number },
): Invoice {
  const customer = customerOf(open, subscription.customer)
  const lowered = Math.min(customer.credit, amount)
  customer.credit -= lowered
  return issue(open, { customer: customer.id, subscription: subscription.id, reason, total: amount - lowered })
}

/** An invoice that is not paid yet. */
export function issue(
  open: OpenBooks,
  given: Pick<Invoice, 'customer' | 'subscription' | 'reason' | 'total'>,
): Invoice {
  const invoice: Invoice = {
    ...given,
    id: newId('in'),
    number: `LOCAL-${String(open.books.invoices.length + 1).padStart(4, '0')}`,
    status: 'open',
    credited: 0,
    attempts: 0,
    nextAttempt: null,
    created: open.now(),
  }
  open.books.invoices.push(invoice)
  return invoice
}

/** Tries to have an invoice paid by the customer's card, and says how it went in events. */
export function pay(open: OpenBooks, invoice: Invoice): boolean {
  const subscription = subscriptionOf(open, invoice.subscription)
  invoice.attempts += 1
  const paid = invoice.total === 0 || canBeCharged(customerOf(open, invoice.customer).card)
  if (paid) settle(invoice, subscription)
  else postpone(open, invoice, subscription)
  open.tell(paid ? 'invoice.paid' : 'invoice.payment_failed', invoiceShape(invoice, open))
  const ended = subscription.status === 'canceled' ? 'deleted' : 'updated'
  open.tell(`customer.subscription.${ended}`, subscriptionShape(subscription, open))
  return paid
}

function settle(invoice: Invoice, subscription: Subscription): void {
  invoice.status = 'paid'
  invoice.nextAttempt = null
  if (subscription.status !== 'canceled') subscription.status = 'active'
}

function postpone(open: OpenBooks, invoice: Invoice, subscription: Subscription): void {
  const days = retriesAfterDays[invoice.attempts - 1]
  if (days !== undefined) {
    invoice.nextAttempt = open.now() + days * day
    subscription.status = 'past_due'
    return
  }
  invoice.nextAttempt = null
  invoice.status = 'uncollectible'
  subscription.status = 'canceled'
  subscription.canceled = open.now()
}
