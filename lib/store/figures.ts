import type { Figures } from '../contract/operator.ts'
import { tiers, type Tier } from '../contract/user.ts'
import { tierTable, type TierTerms } from '../domain/tiers.ts'
import type { Transaction } from './sql.ts'

type Days = Figures['days']
type Models = Figures['models']

/**
 * What the whole installation earns, costs and achieves since a moment. Money is summed as it was booked with each call; of
 * people and organizations those are counted that were not deleted, as nothing tells any more what they did.
 */
export function figureStore(transaction: Transaction) {
  const money = transaction`
    coalesce(sum(c.spent_micros) filter (where c.model not like 'scripted-%'), 0)::float8 as "costMicros",
    coalesce(sum(c.charged_micros) filter (where c.model not like 'scripted-%'), 0)::float8 as "chargedMicros",
    coalesce(sum(c.spent_micros) filter (where c.model like 'scripted-%'), 0)::float8 as "simulatedMicros"`
  // What an organization's own key paid for costs the installation nothing.
  const paid = transaction`g.id = c.generation_id and not g.own_key`

  return {
    async tiers(since: Date): Promise<Figures['tiers']> {
      const rows = await transaction<Omit<Figures['tiers'][number], 'monthlyMicros'>[]>`
        select o.tier, count(distinct o.id) filter (where o.deleted_at is null)::int as organizations,
          (select coalesce(sum(s.seats), 0) from everjust.organizations s
            where s.tier = o.tier and s.deleted_at is null)::int as seats, (
            select coalesce(sum(l.settled), 0)::float8 from everjust.ledger l
            join everjust.organizations s on s.id = l.organization_id
            where s.tier = o.tier and ${awake(transaction, since)}) as "sandboxSeconds", ${money}
        from everjust.organizations o
        left join everjust.generations g on g.organization_id = o.id
        left join everjust.model_calls c on ${paid} and c.created_at >= ${since}
        group by o.tier`
      const known = rows.map((row) => ({ ...row, monthlyMicros: monthlyOf(row.tier, row) }))
      return known.toSorted((one, other) => tiers.indexOf(one.tier) - tiers.indexOf(other.tier))
    },

    models(since: Date): Promise<Models> {
      return transaction<Models>`
        select c.model, count(*)::int as calls, ${money}
        from everjust.model_calls c join everjust.generations g on ${paid}
        where c.created_at >= ${since} group by c.model order by sum(c.spent_micros) desc, c.model`
    },

    days(since: Date): Promise<Days> {
      return transaction<Days>`
        select to_char(c.created_at at time zone 'utc', 'YYYY-MM-DD') as day, count(distinct g.id)::int as runs,
          count(distinct g.requested_by)::int as people, ${money}
        from everjust.model_calls c join everjust.generations g on ${paid}
        where c.created_at >= ${since} group by 1 order by 1`
    },

    async conversion(since: Date): Promise<Figures['conversion']> {
      const [row] = await transaction<[Figures['conversion']]>`
        select count(*) filter (where created_at >= ${since})::int as made,
          count(*) filter (where created_at >= ${since} and tier <> 'free')::int as "madePaying",
          count(*)::int as all, count(*) filter (where tier <> 'free')::int as paying
        from everjust.organizations where deleted_at is null`
      return row
    },

    /** Eight weeks at most, each with those after it that have begun. */
    retention(): Promise<Figures['retention']> {
      return transaction<Figures['retention']>`
        with came as (
          select id, date_trunc('week', created_at at time zone 'utc') as week from everjust.users
          where created_at >= now() - interval '8 weeks' and deleted_at is null),
        asked as (
          select distinct came.id, came.week,
            (date_trunc('week', g.created_at at time zone 'utc')::date - came.week::date) / 7 as after
          from came join everjust.generations g on g.requested_by = came.id)
        select to_char(w.week, 'YYYY-MM-DD') as week, w.people::int, (
          select coalesce(jsonb_agg((select count(*) from asked where asked.week = w.week and asked.after = n) order by n), '[]')
          from generate_series(1, (date_trunc('week', now() at time zone 'utc')::date - w.week::date) / 7) as n) as again
        from (select week, count(*) as people from came group by week) w order by w.week`
    },

    async firstProject(since: Date): Promise<Figures['firstProject']> {
      const [row] = await transaction<[Figures['firstProject']]>`
        with first as (
          select u.id, extract(epoch from min(p.created_at) - u.created_at) as seconds
          from everjust.users u left join everjust.projects p on p.created_by = u.id
          where u.created_at >= ${since} and u.deleted_at is null group by u.id)
        select count(*)::int as people, count(seconds)::int as "withProject",
          percentile_cont(0.5) within group (order by seconds) as "medianSeconds",
          percentile_cont(0.9) within group (order by seconds) as "slowSeconds"
        from first`
      return row
    },

    async green(since: Date): Promise<Figures['green']> {
      const [row] = await transaction<[Figures['green']]>`
        select count(*)::int as ended, count(*) filter (where g.state = 'succeeded')::int as succeeded,
          count(*) filter (where g.state = 'succeeded' and v.green)::int as green
        from everjust.generations g left join everjust.versions v on v.id = g.version_id
        where g.ended_at >= ${since} and g.mode = 'build' and g.state in ('succeeded', 'failed')`
      return row
    },

    async sandboxes(since: Date): Promise<Figures['sandboxes']> {
      const [row] = await transaction<[Figures['sandboxes']]>`
        select count(*) filter (where s.state = 'started')::int as started,
          avg((s.resources->>'cpu')::float8) as "vcpusEach", avg((s.resources->>'memoryGiB')::float8) as "memoryGiBEach",
          (select count(distinct l.project_id)::int from everjust.ledger l where ${awake(transaction, since)}) as active,
          (select coalesce(sum(l.settled), 0)::float8 from everjust.ledger l where ${awake(transaction, since)}) as seconds
        from everjust.sandboxes s`
      return row
    },
  }
}

/** Stretches that sandboxes were awake, as they were booked. */
const awake = (t: Transaction, since: Date) =>
  t`l.metric = 'sandbox_seconds' and l.state = 'settled' and l.created_at >= ${since}`

function monthlyOf(tier: Tier, { organizations, seats }: { organizations: number; seats: number }): number | null {
  const { monthlyMicros, perSeat }: TierTerms = tierTable[tier]
  return monthlyMicros === null ? null : monthlyMicros * (perSeat ? seats : organizations)
}
