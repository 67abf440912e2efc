import { plans, type Plan } from '../contract/billing.ts'
import {
  beyondKey,
  Checkout,
  Customer,
  Checkouts,
  Id,
  Invoices,
  lookupKeys,
  packKey,
  Page,
  Prices,
  Subscriptions,
  Total,
  type Price,
} from '../contract/stripe.ts'
import type { Subscription } from '../domain/billing.ts'
import type { IssuedInvoice, TopUp } from '../ports/payments.ts'

const microsPerCent = 10_000
const instant = (seconds: number) => new Date(seconds * 1000)

export const id = (json: unknown): string => Id.parse(json).id
export const isDeleted = (json: unknown): boolean => Customer.parse(json).deleted === true
export const page = (json: unknown): { url: string } => Page.parse(json)
export const checkout = (json: unknown): { id: string; url: string } => Checkout.parse(json)
export const total = (json: unknown): number => Total.parse(json).total * microsPerCent

export function prices(json: unknown): Partial<Record<Plan, string>> {
  const found = Prices.parse(json).data
  return Object.fromEntries(
    plans.flatMap((plan) => found.filter((each) => planOf(each) === plan).map((each) => [plan, each.id])),
  )
}

/** The price of requests that are charged one by one; undefined where none is sold. */
export const beyondPrice = (json: unknown): string | undefined =>
  Prices.parse(json).data.find(({ lookup_key: key }) => key === beyondKey)?.id

/** The price of a pack; undefined where none is sold. */
export const packPrice = (json: unknown): string | undefined =>
  Prices.parse(json).data.find(({ lookup_key: key }) => key === packKey)?.id

/** What it is of is written on it by us, and only whoever has the key could have written it. */
export function topUps(json: unknown): TopUp[] {
  return Checkouts.parse(json).data.flatMap(({ id, mode, payment_status: state, metadata, created, ...rest }) => {
    const requests = Number(metadata?.['requests'])
    if (mode !== 'payment' || state === 'unpaid' || !Number.isInteger(requests) || requests < 1) return []
    const { amount_total: paid, payment_intent: payment, invoice } = rest
    // A note may give back by the card as well: the same money is in both.
    const back = Math.max(payment?.latest_charge?.amount_refunded ?? 0, invoice?.post_payment_credit_notes_amount ?? 0)
    const [paidMicros, refundedMicros] = [(paid ?? 0) * microsPerCent, back * microsPerCent]
    return [{ id, requests, paidMicros, refundedMicros, invoiceId: invoice?.id ?? null, createdAt: instant(created) }]
  })
}

const planOf = (price: Price): Plan | null => plans.find((plan) => lookupKeys[plan] === price.lookup_key) ?? null

/** Periods and seats stand on items; the plan's is the one that counts. */
export function subscriptions(json: unknown): Subscription[] {
  return Subscriptions.parse(json).data.flatMap((each) => {
    const item = each.items.data.find(({ price }) => planOf(price)) ?? each.items.data[0]
    if (!item) return []
    return [
      {
        id: each.id,
        itemId: item.id,
        status: each.status,
        plan: planOf(item.price),
        seats: item.quantity ?? 1,
        periodEnd: instant(item.current_period_end),
        endsAt: each.cancel_at ? instant(each.cancel_at) : null,
        createdAt: instant(each.created),
      },
    ]
  })
}

export function invoices(json: unknown): IssuedInvoice[] {
  return Invoices.parse(json).data.map((each) => ({
    id: each.id,
    number: each.number ?? null,
    state: each.status,
    totalMicros: Math.max(0, each.total) * microsPerCent,
    returnedMicros: (each.post_payment_credit_notes_amount ?? 0) * microsPerCent,
    url: each.hosted_invoice_url ?? null,
    createdAt: instant(each.created),
  }))
}
