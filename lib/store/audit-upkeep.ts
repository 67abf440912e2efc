import type { OrganizationId } from '../contract/ids.ts'
import type { Tier } from '../contract/user.ts'
import type { Transaction } from './sql.ts'

/** Forgetting what a tier does not keep; chains go on from where they were cut. */
export function auditUpkeepStore(transaction: Transaction) {
  return {
    /** Organizations with entries older than their tier keeps. One that is gone keeps its entries the longest. */
    async overdue(keptDays: Readonly<Record<Tier, number>>, limit: number): Promise<Overdue[]> {
      return transaction<Overdue[]>`
        select h.organization_id as "organizationId", k.days
        from everjust.audit_heads h left join everjust.organizations o on o.id = h.organization_id
        cross join lateral (
          select (${transaction.json(keptDays)}::jsonb ->> coalesce(o.tier, 'enterprise'))::integer as days) k
        where exists (select from everjust.audit_log a where a.organization_id = h.organization_id
          and a.n = h.forgotten_n + 1 and a.at < now() - make_interval(days => k.days))
        limit ${limit}`
    },

    async forget({ organizationId, days }: Overdue, atMost: number): Promise<number> {
      const [row] = await transaction<{ gone: number }[]>`
        select everjust.forget_audit(${organizationId}, ${days}, ${atMost}) as gone`
      return row?.gone ?? 0
    },
  }
}

interface Overdue {
  organizationId: OrganizationId
  days: number
}
