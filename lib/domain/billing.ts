import type { Billing, Plan } from '../contract/billing.ts'
import type { Tier } from '../contract/user.ts'

/** A subscription as the provider has it now. */
export interface Subscription {
  id: string
  itemId: string
  /** In the provider's words: `active`, `past_due`, `canceled`, … */
  status: string
  /** Null for what we do not sell. */
  plan: Plan | null
  seats: number
  periodEnd: Date
  /** When it ends because it was cancelled. */
  endsAt: Date | null
  createdAt: Date
}

/** A plan that is not paid holds for so many days. */
const graceDays = 7

/** Each kind of organization has one plan it may subscribe to. */
export const planOf = (kind: 'personal' | 'team'): Plan => (kind === 'team' ? 'team' : 'pro')

export const graceUntil = (unpaidSince: Date): Date => new Date(unpaidSince.getTime() + graceDays * 86_400_000)

/** Who owes since then has two days left. */
export const reminderSince = (now: Date): Date => new Date(now.getTime() - (graceDays - 2) * 86_400_000)

/** What the subscriptions of a customer come to. */
export interface Settled {
  /** The one that counts: the newest that is not over, or else the newest. */
  current: Subscription | null
  /** Those beside it that would be paid for as well. */
  surplus: Subscription[]
  unpaidSince: Date | null
  tier: 'free' | Plan
  seats: number
}

const paid = new Set(['active', 'trialing'])
const owed = new Set(['past_due', 'unpaid'])
const isAlive = ({ status }: Subscription) => paid.has(status) || owed.has(status)

/** Depends on nothing but what there is now: not on what was told of it, how often, or in which order. */
export function settle(
  subscriptions: readonly Subscription[],
  before: { unpaidSince: Date | null },
  now: Date,
): Settled {
  const newest = subscriptions
    .filter(({ plan }) => plan !== null)
    .sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime())
  const alive = newest.filter(isAlive)
  const current = alive[0] ?? newest[0] ?? null
  const unpaidSince = current && owed.has(current.status) ? (before.unpaidSince ?? now) : null
  const holds = current?.plan && isAlive(current) && (unpaidSince === null || now < graceUntil(unpaidSince))
  return {
    current,
    surplus: alive.slice(1),
    unpaidSince,
    tier: holds && current.plan ? current.plan : 'free',
    seats: holds && current.plan === 'team' ? current.seats : 1,
  }
}

interface PlanFacts {
  status: string | null
  periodEnd: Date | null
  endsAt: Date | null
  unpaidSince: Date | null
}

/** How a person is told where it stands, and until when it holds. */
export function standingOf(facts: PlanFacts, now: Date): Pick<Billing, 'state' | 'renewsAt' | 'endsAt' | 'graceUntil'> {
  const state = stateOf(facts, now)
  const { periodEnd, endsAt, unpaidSince } = facts
  return {
    state,
    renewsAt: state === 'paid' && periodEnd ? periodEnd.toISOString() : null,
    endsAt: state === 'ending' && endsAt ? endsAt.toISOString() : null,
    graceUntil: state === 'owing' && unpaidSince ? graceUntil(unpaidSince).toISOString() : null,
  }
}

/** Of who never paid for anything. */
export const nothingPaid = { state: 'none', renewsAt: null, endsAt: null, graceUntil: null } as const

function stateOf({ status, unpaidSince, endsAt }: PlanFacts, now: Date): Billing['state'] {
  if (status === null) return 'none'
  if (unpaidSince) return now < graceUntil(unpaidSince) ? 'owing' : 'ended'
  if (!paid.has(status)) return 'ended'
  return endsAt ? 'ending' : 'paid'
}

/** What was agreed upon with an enterprise is not changed by what it pays here. */
export const isAgreedUpon = (tier: Tier): boolean => tier === 'enterprise'

interface Standing {
  kind: 'personal' | 'team'
  tier: Tier
  members: number
  status: string | null
}

/** Whether a subscription goes on, paid or owed. */
const goesOn = ({ status }: Pick<Standing, 'status'>): boolean =>
  status !== null && (paid.has(status) || owed.has(status))

/** Why an organization may not begin to pay; undefined when it may. */
export function objectionToCheckout(standing: Pick<Standing, 'tier' | 'status'>): string | undefined {
  if (isAgreedUpon(standing.tier)) return 'This plan was agreed upon: ask whoever runs EverJust here to change it.'
  return goesOn(standing)
    ? 'There is a plan already: change or mend it where card and plan are looked after.'
    : undefined
}

/** As many as were wished for, and no fewer than there are members. */
export const seatsFor = ({ kind, members }: Pick<Standing, 'kind' | 'members'>, wished = members): number =>
  kind === 'team' ? Math.max(1, members, wished) : 1

/** Why the seats may not become so many; undefined when they may. */
export function objectionToSeats({ kind, members, status }: Standing, seats: number): string | undefined {
  if (kind !== 'team' || !goesOn({ status })) return 'There is no plan with seats to change.'
  if (owed.has(status ?? '')) return 'A payment is open: mend it before seats are changed.'
  return seats < members ? `${members} people belong to it: remove some before there are fewer seats.` : undefined
}
