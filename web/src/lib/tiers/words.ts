import type { SiteSettings } from '#lib/contract.ts'
import { count, money, price } from '#lib/format.ts'
import { m } from '#lib/messages.ts'

export type Offer = SiteSettings['tiers'][number]
type Size = Offer['limits']['sandboxSizes'][number]

export const tierNames: Record<Offer['tier'], () => string> = {
  free: m.tiers_free,
  pro: m.tiers_pro,
  team: m.tiers_team,
  enterprise: m.tiers_enterprise,
}

/** What a tier costs, and what that is for; what costs nothing or is agreed upon is for no time. */
export function partsOfPrice({ monthlyMicros, perSeat }: Offer): { amount: string; per: string } {
  if (monthlyMicros === null) return { amount: m.tiers_agreed(), per: '' }
  const per = perSeat ? m.tiers_per_user_month() : m.tiers_per_month()
  return { amount: price(monthlyMicros), per: monthlyMicros === 0 ? '' : per }
}

export function priceOf(offer: Offer): string {
  const { amount, per } = partsOfPrice(offer)
  return `${amount} ${per}`.trim()
}

/** What somebody does who wants this tier; nothing where it is agreed upon. */
export function choiceOf({ tier, monthlyMicros }: Offer): { path: '/' | '/settings/plan'; says: string } | null {
  if (monthlyMicros === null) return null
  if (monthlyMicros === 0) return { path: '/', says: m.tiers_begin() }
  return { path: '/settings/plan', says: m.tiers_choose({ tier: tierNames[tier]() }) }
}

interface Line {
  title: () => string
  value(offer: Offer): string
}

/** What the tiers are compared by, a line each. */
export const lines: readonly Line[] = [
  {
    title: m.tiers_sandboxes,
    value: (offer) => bySeat(offer, most(offer, offer.limits.sandboxesAtOnce)),
  },
  { title: m.tiers_usual_size, value: ({ limits }) => sizeOf(limits.sandboxSizes[0]) },
  {
    title: m.tiers_largest_size,
    value: ({ limits, ...offer }) => (isAgreed(offer) ? m.tiers_agreed() : sizeOf(limits.sandboxSizes.at(-1))),
  },
  { title: m.tiers_idle, value: ({ limits }) => m.tiers_minutes({ count: limits.idleMinutes }) },
  {
    title: m.tiers_hours,
    value: ({ limits, ...offer }) => bySeat(offer, numberOr(limits.sandboxHoursPerMonth, m.tiers_unlimited)),
  },
  { title: m.tiers_runs, value: (offer) => bySeat(offer, most(offer, offer.limits.generationsPerMonth)) },
  { title: m.tiers_ceiling, value: ({ limits }) => money(limits.runCapMicros) },
  {
    title: m.tiers_storage,
    value: ({ limits: { storageBytesPerProject: bytes } }) =>
      bytes === null ? m.tiers_agreed() : m.tiers_gigabytes({ count: count(bytes / 2 ** 30) }),
  },
  { title: m.tiers_repositories, value: ({ limits }) => numberOr(limits.repositories, m.tiers_unlimited) },
]

const isAgreed = ({ monthlyMicros }: Pick<Offer, 'monthlyMicros'>) => monthlyMicros === null

/** Where a tier's price is agreed upon, so is what it does not limit. */
const most = (offer: Offer, limit: number | null) =>
  numberOr(limit, isAgreed(offer) ? m.tiers_agreed : m.tiers_unlimited)

const numberOr = (limit: number | null, none: () => string) => (limit === null ? none() : count(limit))

const bySeat = ({ perSeat, monthlyMicros }: Pick<Offer, 'perSeat' | 'monthlyMicros'>, value: string) =>
  perSeat && monthlyMicros !== null ? m.tiers_per_seat({ value }) : value

const sizeOf = (size: Size | undefined) => (size ? m.tiers_size({ cpu: size.cpu, memory: size.memoryGiB }) : '')
