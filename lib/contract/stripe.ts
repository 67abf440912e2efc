import * as z from 'zod/mini'
import type { Plan } from './billing.ts'

/** The prices of our plans at Stripe, by the keys they are looked up with. */
export const lookupKeys: Readonly<Record<Plan, string>> = { pro: 'pro_monthly', team: 'team_seat_monthly' }

/** Packs of requests, which are bought ahead. */
export const packKey = 'request_pack'

/** Requests that are charged one by one: the price of each, and the meter that counts them. */
export const beyondKey = 'ai_overage'

/** What we read of its answers (docs.stripe.com/api): amounts in cents, instants in seconds. */
export const Id = z.object({ id: z.string() })
export const Page = z.object({ url: z.string() })
export const Checkout = z.object({ id: z.string(), url: z.string() })
export const Customer = z.object({ deleted: z.optional(z.boolean()) })
export const Checkouts = z.object({
  data: z.array(
    z.object({
      id: z.string(),
      mode: z.string(),
      payment_status: z.string(),
      amount_total: z.nullish(z.int()),
      created: z.int(),
      metadata: z.nullish(z.record(z.string(), z.string())),
      /** Expanded: what was given back of what was paid, to the card or by notes. */
      payment_intent: z.nullish(z.object({ latest_charge: z.nullish(z.object({ amount_refunded: z.int() })) })),
      invoice: z.nullish(z.object({ id: z.string(), post_payment_credit_notes_amount: z.nullish(z.int()) })),
    }),
  ),
})
export const Total = z.object({ total: z.int() })
const Price = z.object({ id: z.string(), lookup_key: z.nullish(z.string()) })
export type Price = z.infer<typeof Price>
export const Prices = z.object({ data: z.array(Price) })
export const Subscriptions = z.object({
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
export const Invoices = z.object({
  data: z.array(
    z.object({
      id: z.string(),
      number: z.nullish(z.string()),
      status: z.enum(['draft', 'open', 'paid', 'void', 'uncollectible']),
      total: z.int(),
      post_payment_credit_notes_amount: z.nullish(z.int()),
      created: z.int(),
      hosted_invoice_url: z.nullish(z.string()),
    }),
  ),
})
