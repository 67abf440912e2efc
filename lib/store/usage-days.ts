import type { OrganizationId } from '../contract/ids.ts'
import type { Transaction } from './sql.ts'

export interface UsedPart {
  runs: number
  micros: number
  simulatedMicros: number
  sandboxSeconds: number
}

type By = 'day' | 'user' | 'project' | 'model' | 'all'
export type UsedBy = UsedPart & { by: By; id: string; name: string | null }

export interface UsageRow extends UsedPart {
  day: string
  member: string | null
  project: string | null
  model: string | null
}

/** How many members, projects and models are named in one answer. */
const mostNamed = 100

/** What an organization used, by day and by whom; `from` as `YYYY-MM-DD`. */
export function usageDayStore(transaction: Transaction) {
  const sums = transaction`coalesce(sum(d.runs), 0)::float8 as runs, coalesce(sum(d.micros), 0)::float8 as micros,
    coalesce(sum(d.simulated_micros), 0)::float8 as "simulatedMicros",
    coalesce(sum(d.sandbox_seconds), 0)::float8 as "sandboxSeconds"`

  return {
    /** One pass over the days: all together, each day, and the most costly of the rest. */
    async by(organizationId: OrganizationId, from: string): Promise<UsedBy[]> {
      return transaction<UsedBy[]>`
        with sums as (
          select case grouping(d.day, d.user_id, d.project_id, d.model)
              when 7 then 'day' when 11 then 'user' when 13 then 'project' when 14 then 'model' else 'all' end as by,
            coalesce(to_char(d.day, 'YYYY-MM-DD'), d.user_id, d.project_id, d.model, '') as id, ${sums}
          from everjust.usage_days d
          where d.organization_id = ${organizationId} and d.day >= ${from}::date
          group by grouping sets ((d.day), (d.user_id), (d.project_id), (d.model), ())),
        ranked as (
          select s.*, row_number() over (partition by s.by order by s.micros desc, s."sandboxSeconds" desc, s.id) as rank
          from sums s)
        select r.by, r.id, r.runs, r.micros, r."simulatedMicros", r."sandboxSeconds", coalesce(p.name, n.name) as name
        from ranked r
        left join everjust.projects p on r.by = 'project' and p.id = r.id
        left join everjust.names_in_usage(${organizationId}, ${from}::date) n on r.by = 'user' and n.id = r.id
        where r.rank <= ${mostNamed} or r.by = 'day'
        order by r.by, case when r.by = 'day' then r.id end, r.rank`
    },

    /** One row each, in order; `after` is the last one seen. */
    async rows(
      organizationId: OrganizationId,
      { from, after, limit }: { from: string; after: string | undefined; limit: number },
    ): Promise<{ items: UsageRow[]; next: string | null }> {
      const [day, project, user, model] = after?.split('~') ?? [from, '', '', '']
      const rows = await transaction<(UsageRow & { place: string })[]>`
        select to_char(d.day, 'YYYY-MM-DD') as day, n.name as member, p.name as project, nullif(d.model, '') as model,
          d.runs::float8, d.micros::float8, d.simulated_micros::float8 as "simulatedMicros",
          d.sandbox_seconds::float8 as "sandboxSeconds",
          concat_ws('~', to_char(d.day, 'YYYY-MM-DD'), d.project_id, d.user_id, d.model) as place
        from everjust.usage_days d
        left join everjust.projects p on p.id = d.project_id
        left join everjust.names_in_usage(${organizationId}, ${from}::date) n on n.id = d.user_id
        where d.organization_id = ${organizationId} and d.day >= ${from}::date
          and (${after === undefined} or (d.day, d.project_id, d.user_id, d.model)
            > (${day ?? from}::date, ${project ?? ''}, ${user ?? ''}, ${model ?? ''}))
        order by d.day, d.project_id, d.user_id, d.model
        limit ${limit + 1}`
      const items = rows.slice(0, limit).map(({ place: _, ...row }) => row)
      return { items, next: rows.length > limit ? (rows[limit - 1]?.place ?? null) : null }
    },
  }
}
