import type { Billing } from '../../../lib/contract/billing.ts'
import type { OrganizationId } from '../../../lib/contract/ids.ts'
import { planOf, standingOf } from '../../../lib/domain/billing.ts'
import { periodOf } from '../../../lib/domain/quota.ts'
import { moreRequests, priceOfSeats } from '../../../lib/domain/tiers.ts'
import type { Account } from '../../../lib/store/billing.ts'
import type { MoreRequests } from '../../../lib/store/more-requests.ts'
import type { Stores } from '../../../lib/store/stores.ts'

/** The account of an organization that was found before. */
export async function accountOf({ billing }: Stores, organizationId: OrganizationId): Promise<Account> {
  const account = await billing.find(organizationId)
  if (!account) throw new Error('an organization that was found is gone')
  return account
}

/** How an organization pays, as its people are told. */
export async function billingOf(stores: Stores, organizationId: OrganizationId, now: Date): Promise<Billing> {
  const [account, more] = await Promise.all([
    accountOf(stores, organizationId),
    stores.moreRequests.of(organizationId, periodOf(now)),
  ])
  const { tier, grantedSeats, members, plan } = account
  return {
    organizationId,
    tier,
    currency: 'USD',
    offered: planOf(account.kind),
    ...standingOf(account, now),
    plan,
    seats: grantedSeats,
    members,
    monthlyMicros: priceOfSeats(tier, grantedSeats),
    hasAccount: account.customerId !== null,
    owes: account.unpaidSince !== null,
    seenAt: account.seenAt?.toISOString() ?? null,
    more: moreOf(more),
  }
}

const moreOf = ({ credits, most, charged }: MoreRequests): Billing['more'] => ({
  credits,
  pack: moreRequests.pack,
  beyondMost: most,
  beyondCharged: charged,
  beyondMicros: moreRequests.eachMicros,
})

/** The page of the site that people go to pay from, and come back to. */
export const billingPage = ({ web, api }: { web: readonly string[]; api: string }, organizationId: OrganizationId) =>
  `${web[0] ?? api}/organizations/${organizationId}/billing`
