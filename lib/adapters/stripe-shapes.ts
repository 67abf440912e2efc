import * as z from 'zod/mini'
import { plans, type Plan } from '../contract/billing.ts'
import type { Subscription } from '../domain/billing.ts'
import type { IssuedInvoice } from '../ports/payments.ts'

/** The prices of our plans, by the keys they are looked up with. */
export const lookupKeys: Readonly<Record<Plan, string>> = { pro: 'pro_monthly', team: 'team_seat_monthly' }

const microsPerCent = 10_000
const instant = (seconds: number) => new Date(seconds * 1000)

const Id = z.object({ id: z.string() })
const Page = z.object({ url: z.string() })
const Checkout = z.object({ id: z.string(), url: z.string() })
const Total = z.object({ total: z.int() })
const Price = z.object({ id: z.string(), lookup_key: z.nullish(z.string()) })
const Prices = z.object({ data: z.array(Price) })
const Subscriptions = z.object({
  data: z.array(
    z.object({
      id: z.string(),
      status: z.string(),
      created: z.int(),
      cancel_at: z.nullish(z.int()),
      items: z.object({
        data: z.array(
          z.object({ id: z.string(), quantity: z.optional(z.int()), current_period_end: z.int(), price: Price }),
        ),
      }),
    }),
  ),
})
const Invoices = z.object({
  data: z.array(
    z.object({
      id: z.string(),
      number: z.nullish(z.string()),
      status: z.enum(['draft', 'open', 'paid', 'void', 'uncollectible']),
      total: z.int(),
      created: z.int(),
      hosted_invoice_url: z.nullish(z.string()),
    }),
  ),
})

export const id = (json: unknown): string => Id.parse(json).id
export const page = (json: unknown): { url: string } => Page.parse(json)
export const checkout = (json: unknown): { id: string; url: string } => Checkout.parse(json)
export const total = (json: unknown): number => Total.parse(json).total * microsPerCent

export function prices(json: unknown): Partial<Record<Plan, string>> {
  const found = Prices.parse(json).data
  return Object.fromEntries(
    plans.flatMap((plan) => found.filter((each) => planOf(each) === plan).map((each) => [plan, each.id])),
  )
}

const planOf = (price: z.infer<typeof Price>): Plan | null =>
  plans.find((plan) => lookupKeys[plan] === price.lookup_key) ?? null

/** Periods and seats stand on items; ours have one. */
export function subscriptions(json: unknown): Subscription[] {
  return Subscriptions.parse(json).data.flatMap((each) => {
    const [item] = each.items.data
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
    url: each.hosted_invoice_url ?? null,
    createdAt: instant(each.created),
  }))
}
