import { count, money } from '#lib/format.ts'
import { m } from '#lib/messages.ts'
import type { Offer } from './words.ts'

type Size = Offer['limits']['sandboxSizes'][number]

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
  { title: m.tiers_second_factor, value: ({ signIn }) => secondFactors[signIn.secondFactor]() },
  { title: m.tiers_company, value: ({ signIn }) => (signIn.company ? m.tiers_company_yes() : m.tiers_company_no()) },
  { title: m.tiers_audit, value: ({ auditDays }) => m.tiers_audit_days({ count: count(auditDays) }) },
]

/** Whether an organization may ask for one. */
const secondFactors: Record<Offer['signIn']['secondFactor'], () => string> = {
  none: m.tiers_second_factor_none,
  offered: m.tiers_second_factor_offered,
  asked: m.tiers_second_factor_asked,
}

const isAgreed = ({ monthlyMicros }: Pick<Offer, 'monthlyMicros'>) => monthlyMicros === null

/** Where a tier's price is agreed upon, so is what it does not limit. */
const most = (offer: Offer, limit: number | null) =>
  numberOr(limit, isAgreed(offer) ? m.tiers_agreed : m.tiers_unlimited)

const numberOr = (limit: number | null, none: () => string) => (limit === null ? none() : count(limit))

const bySeat = ({ perSeat, monthlyMicros }: Pick<Offer, 'perSeat' | 'monthlyMicros'>, value: string) =>
  perSeat && monthlyMicros !== null ? m.tiers_per_seat({ value }) : value

const sizeOf = (size: Size | undefined) => (size ? m.tiers_size({ cpu: size.cpu, memory: size.memoryGiB }) : '')
