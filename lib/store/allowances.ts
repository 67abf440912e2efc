import type { OrganizationId, ProjectId } from '../contract/ids.ts'
import { tiers } from '../contract/user.ts'
import { tierTable, type TierTerms } from '../domain/tiers.ts'
import type { Transaction } from './sql.ts'
import { overridesOf, tierOf } from './terms.ts'

export interface NearLimit {
  organizationId: OrganizationId
  organization: string
  metric: 'generations' | 'sandbox_seconds'
  used: number
  most: number
  /** Addresses of its owners. */
  owners: string[]
}

/** What schedules look at: which organizations come near to what their month allows, and whose sandboxes are too many. */
export function allowanceStore(transaction: Transaction) {
  const allowed = transaction`
    select o.id, o.name, a.metric,
      case when ${overridesOf(transaction)} ? a.name then (o.limits ->> a.name)::bigint * a.unit
        else a.most * case when a.per_seat then o.seats else 1 end end as most
    from everjust.organizations o
    join jsonb_to_recordset(${transaction.json(table)}) as a
      (tier text, metric text, name text, unit bigint, most bigint, per_seat boolean) on a.tier = ${tierOf(transaction)}`

  return {
    /** Those that used at least this part of an allowance, and whose owners were not told so: the key of a notice says it. */
    async near(share: number, period: string, limit: number): Promise<NearLimit[]> {
      const rows = await transaction<(NearLimit & { used: string; most: string })[]>`
        select a.id as "organizationId", a.name as organization, a.metric, q.used + q.reserved as used, a.most,
          (select jsonb_agg(u.email order by u.email) from everjust.memberships m
            join everjust.users u on u.id = m.user_id
            where m.organization_id = a.id and m.role = 'owner' and u.email is not null) as owners
        from (${allowed}) a
        join everjust.quotas q on q.organization_id = a.id and q.metric = a.metric and q.period = ${period}::date
        where a.most > 0 and q.used + q.reserved >= ${share}::float8 * a.most
          and not exists (select from everjust.notices n
            where n.key in (
              concat_ws(':', 'allowance', a.id, ${period}::text, a.metric, ${String(share)}::text, 0),
              concat_ws(':', 'allowance', a.id, ${period}::text, a.metric, 1, 0)))
          and exists (select from everjust.memberships m join everjust.users u on u.id = m.user_id
            where m.organization_id = a.id and m.role = 'owner' and u.email is not null)
        limit ${limit}`
      return rows.map((row) => ({ ...row, used: Number(row.used), most: Number(row.most) }))
    },

    /** Started sandboxes that no run needs, of organizations that have more awake than they may, or no hours left. */
    async retireBeyond(period: string, limit: number): Promise<ProjectId[]> {
      const rows = await transaction<{ projectId: ProjectId }[]>`
        with up as (
          select b.project_id, p.organization_id, p.active_generation_id is null as idle, row_number() over (
            partition by p.organization_id order by p.active_generation_id is null, b.used_at desc) as rank
          from everjust.sandboxes b join everjust.projects p on p.id = b.project_id
          where b.state = 'started'),
        allowed as materialized (select * from (${allowed}) a where a.id in (select organization_id from up)),
        spent as materialized (
          select a.id from allowed a
          where a.metric = 'sandbox_seconds' and everjust.sandbox_seconds(a.id, ${period}::date) >= a.most)
        update everjust.sandboxes s set state = 'stopping', updated_at = now()
        from up left join allowed a on a.id = up.organization_id and a.metric = 'sandboxes'
        where s.project_id = up.project_id and s.state = 'started' and up.idle
          and (up.rank > a.most or up.organization_id in (select id from spent))
          and s.project_id in (select project_id from up where idle order by rank desc limit ${limit})
        returning s.project_id as "projectId"`
      return rows.map(({ projectId }) => projectId)
    },

    /** Books what sandboxes that are up used until now, so that the month's sum is never hours behind. */
    async bookSandboxTime(limit: number): Promise<number> {
      const { count } = await transaction`
        update everjust.sandboxes set metered_at = now() where project_id in (
          select project_id from everjust.sandboxes where metered_at < now() - interval '30 minutes'
          order by metered_at limit ${limit} for update skip locked)`
      return count
    },

    /** Sandboxes that are said to be up for a while. */
    async supposedlyUp(): Promise<ProjectId[]> {
      const rows = await transaction<{ projectId: ProjectId }[]>`
        select project_id as "projectId" from everjust.sandboxes
        where state = 'started' and updated_at < now() - interval '10 minutes'`
      return rows.map(({ projectId }) => projectId)
    },

    /** One that the provider stopped by itself. */
    async foundAsleep(projectId: ProjectId): Promise<boolean> {
      const { count } = await transaction`
        update everjust.sandboxes s set state = 'stopped', updated_at = now()
        from everjust.projects p
        where s.project_id = ${projectId} and p.id = s.project_id and p.active_generation_id is null
          and s.state = 'started' and s.updated_at < now() - interval '10 minutes'`
      return count > 0
    },

    /** Of those that are awake at the provider the ones that have long been asleep here: they are to stop. */
    async foundAwake(projectIds: readonly ProjectId[], limit: number): Promise<ProjectId[]> {
      const rows = await transaction<{ projectId: ProjectId }[]>`
        update everjust.sandboxes s set state = 'stopping', updated_at = now()
        where s.project_id in (
          select b.project_id from everjust.sandboxes b join everjust.projects p on p.id = b.project_id
          where b.project_id in (select jsonb_array_elements_text(${transaction.json([...projectIds])}))
            and b.state in ('absent', 'stopped') and b.updated_at < now() - interval '10 minutes'
            and p.active_generation_id is null
          limit ${limit} for update of b skip locked)
        returning s.project_id as "projectId"`
      return rows.map(({ projectId }) => projectId)
    },
  }
}

const metrics = [
  { metric: 'generations', name: 'generationsPerMonth', unit: 1 },
  { metric: 'sandbox_seconds', name: 'sandboxHoursPerMonth', unit: 3_600 },
  { metric: 'sandboxes', name: 'sandboxesAtOnce', unit: 1 },
] as const

/** The tiers as rows that a statement can join. */
const table = tiers.flatMap((tier) => {
  const { perSeat, limits }: TierTerms = tierTable[tier]
  return metrics.map(({ metric, name, unit }) => {
    const most = limits[name]
    return { tier, metric, name, unit, most: most === null ? null : most * unit, per_seat: perSeat }
  })
})
