import * as z from 'zod/mini'
import { OrganizationId, ProjectId } from './ids.ts'
import { Micros } from './money.ts'
import { Instant } from './page.ts'
import { PlanTimes, Tier } from './user.ts'

/** What is sold; free costs nothing, and enterprise is agreed upon. */
export const plans = ['pro', 'team'] as const
export const Plan = z.enum(plans)
export type Plan = z.infer<typeof Plan>

export const mostPacks = 20
export const mostBeyond = 100_000

const Seats = z.int().check(z.minimum(1), z.maximum(10_000))

/** Requests beyond a month's allowance, and what they cost. */
const MoreRequests = z.object({
  /** Bought, not used yet, and kept until they are. */
  credits: z.int(),
  pack: z.object({ requests: z.int(), micros: Micros }),
  /** How many may be charged one by one each month; null is none. */
  beyondMost: z.nullable(z.int()),
  beyondCharged: z.int(),
  beyondMicros: Micros,
})

/** How an organization pays. */
export const Billing = z.object({
  organizationId: OrganizationId,
  tier: Tier,
  currency: z.literal('USD'),
  /** What it may subscribe to. */
  offered: Plan,
  ...PlanTimes,
  plan: z.nullable(Plan),
  seats: z.int(),
  members: z.int(),
  /** Null where the price is agreed upon. */
  monthlyMicros: z.nullable(Micros),
  /** Whether there is a card, invoices and a plan to look after. */
  hasAccount: z.boolean(),
  /** Whether a payment is open: once it is made, the plan goes on, or comes back. */
  owes: z.boolean(),
  /** When the provider of payments was last asked how it stands. */
  seenAt: z.nullable(Instant),
  more: MoreRequests,
})
export type Billing = z.infer<typeof Billing>

/** By default as many seats as there are members. */
export const NewCheckout = z.strictObject({ seats: z.optional(Seats) })

/** What is bought ahead, in packs. */
export const NewTopUp = z.strictObject({ packs: z.int().check(z.minimum(1), z.maximum(mostPacks)) })
/** How many requests beyond the allowance may be charged one by one each month; null is none. */
export const BeyondChange = z.strictObject({
  most: z.nullable(z.int().check(z.minimum(1), z.maximum(mostBeyond))),
})

/** Where the browser goes on. */
export const Onward = z.object({ url: z.string() })

export const SeatsQuery = z.object({
  seats: z.pipe(z.string().check(z.regex(/^\d{1,5}$/)), z.pipe(z.transform(Number), Seats)),
})

/** What a change to so many seats costs: now, for the rest of the period, and from the next one on. */
export const SeatsPreview = z.object({
  currency: z.literal('USD'),
  seats: z.int(),
  dueNowMicros: Micros,
  /** What the next invoice is lowered by. */
  creditMicros: Micros,
  monthlyMicros: z.nullable(Micros),
  renewsAt: Instant,
})
export type SeatsPreview = z.infer<typeof SeatsPreview>

/** `from` is what the caller saw: who changes them meanwhile is not overruled. */
export const SeatsChange = z.strictObject({ from: z.int(), seats: Seats })

export const BilledInvoice = z.object({
  id: z.string(),
  number: z.nullable(z.string()),
  state: z.enum(['draft', 'open', 'paid', 'void', 'uncollectible']),
  currency: z.literal('USD'),
  totalMicros: Micros,
  /** What was given back of it. */
  returnedMicros: Micros,
  createdAt: Instant,
  /** Where it can be read and, if it is open, paid. */
  url: z.nullable(z.string()),
})
export type BilledInvoice = z.infer<typeof BilledInvoice>

/** What there is more of than the plan allows: after going down, nothing of it is deleted. */
export const OverLimit = z.object({
  what: z.enum(['requests', 'hours', 'sandboxes', 'storage']),
  /** In bytes for `storage`, which is counted for each project. */
  used: z.number(),
  limit: z.number(),
  project: z.nullable(z.object({ projectId: ProjectId, name: z.string() })),
})
export type OverLimit = z.infer<typeof OverLimit>
export const OverLimits = z.object({
  /** When what is counted by the month starts anew. */
  resetsAt: Instant,
  items: z.array(OverLimit),
})
export type OverLimits = z.infer<typeof OverLimits>

/** An organization whose payment is open, as somebody sees it who may mend that. */
export const OpenPayment = z.object({
  organizationId: OrganizationId,
  name: z.string(),
  kind: z.enum(['personal', 'team']),
  /** Until when its plan holds nevertheless; an instant that has passed once it is over. */
  graceUntil: Instant,
})
export type OpenPayment = z.infer<typeof OpenPayment>
export const OpenPayments = z.object({ items: z.array(OpenPayment) })
export type OpenPayments = z.infer<typeof OpenPayments>

export const InvoiceList = z.object({ items: z.array(BilledInvoice), next: z.null() })
