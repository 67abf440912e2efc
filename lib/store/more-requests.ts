import type { OrganizationId } from '../contract/ids.ts'
import { creditsPeriod } from '../domain/quota.ts'
import type { Transaction } from './sql.ts'

/** Requests beyond the month's allowance: those that were bought and are left, and those that are charged one by one. */
export interface MoreRequests {
  credits: number
  /** Null when none may be charged. */
  most: number | null
  charged: number
  /** How many of those may still be charged this month. */
  left: number
}

export function moreRequestStore(transaction: Transaction) {
  return {
    /** `period` is the first day of the month, as `YYYY-MM-DD`. */
    async of(organizationId: OrganizationId, period: string): Promise<MoreRequests> {
      const [row] = await transaction<(Omit<MoreRequests, 'left'> & { pays: boolean })[]>`
        select greatest(0, a.credits - coalesce((
            select q.used + q.reserved from everjust.quotas q
            where q.organization_id = a.organization_id and q.metric = 'credits' and q.period = ${creditsPeriod}::date
          ), 0))::int as credits,
          coalesce((
            select q.used + q.reserved from everjust.quotas q
            where q.organization_id = a.organization_id and q.metric = 'beyond' and q.period = ${period}::date
          ), 0)::int as charged,
          a.beyond_most as most, coalesce(a.status in ('active', 'trialing'), false) as pays
        from everjust.billing_accounts a where a.organization_id = ${organizationId}`
      if (!row) return { credits: 0, most: null, charged: 0, left: 0 }
      const { pays, ...rest } = row
      return { ...rest, left: pays && rest.most !== null ? Math.max(0, rest.most - rest.charged) : 0 }
    },

    /** Of a month's requests those that began on bought ones; what was given back of these was not used. */
    async creditsUsed(organizationId: OrganizationId, period: string): Promise<number> {
      const begun = transaction`${period}::date::timestamp`
      const [row] = await transaction<{ used: number }[]>`
        select coalesce(sum(case when state = 'reserved' then reserved else least(settled, reserved) end), 0)::int as used
        from everjust.ledger
        where organization_id = ${organizationId} and metric = 'credits'
          and created_at >= ${begun} at time zone 'UTC'
          and created_at < (${begun} + interval '1 month') at time zone 'UTC'`
      return row?.used ?? 0
    },

    /** How many a month may be charged one by one from now on. */
    async allow(organizationId: OrganizationId, most: number | null): Promise<void> {
      await transaction`
        update everjust.billing_accounts set beyond_most = ${most} where organization_id = ${organizationId}`
    },
  }
}
