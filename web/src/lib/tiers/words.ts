import type { SiteSettings } from '#lib/contract.ts'
import { price } from '#lib/format.ts'
import { m } from '#lib/messages.ts'

export type Offer = SiteSettings['tiers'][number]

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
