import * as z from 'zod/mini'
import { FlagName } from './flag.ts'
import { OrganizationId, UserId } from './ids.ts'
import { Micros } from './money.ts'
import { Instant } from './page.ts'

export const tiers = ['free', 'pro', 'team', 'enterprise'] as const
export const Tier = z.enum(tiers)
export type Tier = z.infer<typeof Tier>

/** Who does the billing sees what a viewer sees, and has a say in what is paid. */
export const roles = ['viewer', 'billing', 'editor', 'admin', 'owner'] as const
export const Role = z.enum(roles)
export type Role = z.infer<typeof Role>

/** The caller, and the organizations the caller belongs to, each with what is switched on for it; the first one is personal. */
export const User = z.object({
  id: UserId,
  email: z.nullable(z.string()),
  name: z.nullable(z.string()),
  createdAt: Instant,
  /** Whether the terms that hold now were accepted; true where there are none. */
  termsAccepted: z.boolean(),
  organizations: z.array(
    z.object({
      id: OrganizationId,
      name: z.string(),
      kind: z.enum(['personal', 'team']),
      tier: Tier,
      role: Role,
      flags: z.array(FlagName),
    }),
  ),
})
export type User = z.infer<typeof User>

/** By the version that was read. */
export const AcceptedTerms = z.object({ version: z.string().check(z.maxLength(100)) })

/** Without an organization: the caller's personal one. */
export const OrganizationQuery = z.object({ organizationId: z.optional(OrganizationId) })

const MonthCap = z.object({ monthMicros: z.nullable(Micros), takenMicros: Micros })

/**
 * What was used this month against what the tier allows; `limit` null means no limit, `forecast` is what the month comes to
 * when it goes on as it began.
 */
export const Usage = z.object({
  organizationId: OrganizationId,
  tier: Tier,
  period: z.object({ from: Instant, to: Instant }),
  generations: z.object({
    used: z.int(),
    reserved: z.int(),
    limit: z.nullable(z.int()),
    forecast: z.int(),
    /** Of those: begun on requests that were bought, and charged one by one. */
    credits: z.int(),
    beyond: z.int(),
    /** How many more such may begin once the month's own are used up. */
    more: z.int(),
  }),
  spend: z.object({
    currency: z.literal('USD'),
    usedMicros: Micros,
    reservedMicros: Micros,
    forecastMicros: Micros,
  }),
  /** Those awake now. */
  sandboxes: z.object({ awake: z.int(), limit: z.nullable(z.int()) }),
  sandboxHours: z.object({ used: z.number(), limit: z.nullable(z.number()), forecast: z.number() }),
  /** The most that one run may cost, by tier and caps; and caps of the month with what of them is used or set aside. */
  caps: z.object({ runMicros: Micros, organization: MonthCap, member: MonthCap, person: MonthCap }),
})
export type Usage = z.infer<typeof Usage>

/**
 * `owing`: a payment failed, and the plan holds until `graceUntil`; `ended` by that or otherwise; `ending` because it was
 * cancelled.
 */
export const BillingState = z.enum(['none', 'paid', 'ending', 'owing', 'ended'])
export type BillingState = z.infer<typeof BillingState>

/** Until when a plan holds: each is null where it does not apply. */
export const PlanTimes = {
  state: BillingState,
  renewsAt: z.nullable(Instant),
  endsAt: z.nullable(Instant),
  graceUntil: z.nullable(Instant),
}

/** The bill of an organization. */
export const Bill = z.object({
  organizationId: OrganizationId,
  tier: Tier,
  currency: z.literal('USD'),
  seats: z.int(),
  ...PlanTimes,
  /** Null is agreed upon. */
  subscriptionMicrosPerMonth: z.nullable(Micros),
  usage: z.object({ from: Instant, to: Instant, micros: Micros, simulatedMicros: Micros }),
})
export type Bill = z.infer<typeof Bill>
