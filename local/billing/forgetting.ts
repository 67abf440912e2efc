import type { Customer, OpenBooks } from './books.ts'
import { missing } from './refused.ts'
import { cancel } from './subscribing.ts'

/** A customer, also one that was deleted. */
export function everKnown({ books }: OpenBooks, id: string): Customer {
  const customer = books.customers.find((each) => each.id === id)
  if (!customer) throw missing('customer', id)
  return customer
}

/** Subscriptions end at once; of the customer nothing stays but that there was one. Invoices stay, as with Stripe. */
export function forget(open: OpenBooks, customer: Customer): Customer {
  const { id } = customer
  for (const { id: subscription, status } of open.books.subscriptions.filter((each) => each.customer === id)) {
    if (status !== 'canceled') cancel(open, subscription, { prorated: false })
  }
  return Object.assign(customer, { name: null, email: null, metadata: {}, card: null, credit: 0, deleted: true })
}
