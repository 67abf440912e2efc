import type { OrganizationId, UserId } from '../contract/ids.ts'
import type { Grant } from '../contract/operator.ts'
import type { Transaction } from './sql.ts'

/** What operators set for one person or organization; each answers whether there is such a one. */
export function suspensionStore(transaction: Transaction) {
  return {
    /** A reason of null lifts it; what is suspended already keeps its moment. */
    async person(id: UserId, reason: string | null): Promise<boolean> {
      const rows = await transaction`
        update everjust.users set suspended_reason = ${reason},
          suspended_at = case when ${reason}::text is null then null else coalesce(suspended_at, now()) end
        where id = ${id} and deleted_at is null returning id`
      return rows.length > 0
    },

    /** Whether somebody is to do nothing any more. */
    async holds(id: UserId): Promise<boolean> {
      const rows = await transaction`
        select from everjust.users where id = ${id} and blocked_at is null and suspended_at is null`
      return rows.length === 0
    },

    async organization(id: OrganizationId, reason: string | null): Promise<boolean> {
      const rows = await transaction`
        update everjust.organizations set suspended_reason = ${reason},
          suspended_at = case when ${reason}::text is null then null else coalesce(suspended_at, now()) end
        where id = ${id} and deleted_at is null returning id`
      return rows.length > 0
    },

    /** Tier and limits instead of those it pays for; null takes them back. */
    async grant(id: OrganizationId, grant: Grant | null): Promise<boolean> {
      const limits = grant && Object.keys(grant.limits).length > 0 ? transaction.json(grant.limits as never) : null
      const rows = await transaction`
        update everjust.organizations set granted_tier = ${grant?.tier ?? null}, limits = ${limits},
          limits_until = ${grant?.until ?? null}, limits_reason = ${grant?.reason ?? null}
        where id = ${id} and deleted_at is null returning id`
      return rows.length > 0
    },
  }
}
