import type { World } from '../world.ts'

/** Every sum of the books that differs from what it is the sum of; nothing when they are right. */
export async function differences({ sql }: Pick<World, 'sql'>) {
  const [months, days, members, persons, projects, runs, entries] = await Promise.all([
    // What an organization used and set aside in a month is what stands in the ledger for it.
    sql`
      select 'month' as of, organization_id as id, metric, q.used, q.reserved, l.settled, l.set_aside
      from everjust.quotas q
      full join (
        select organization_id, metric, period, sum(settled) as settled,
          sum(case when state = 'reserved' then reserved else 0 end) as set_aside
        from everjust.ledger group by organization_id, metric, period
      ) l using (organization_id, metric, period)
      where coalesce(q.used, 0) <> coalesce(l.settled, 0) or coalesce(q.reserved, 0) <> coalesce(l.set_aside, 0)`,
    // So are its days; which project it was the ledger forgets once that is gone.
    sql`
      with days as (
        select organization_id, day, user_id, sum(runs) as runs, sum(micros) as micros,
          sum(simulated_micros) as simulated, sum(sandbox_seconds) as seconds
        from everjust.usage_days group by 1, 2, 3 having sum(runs + micros + sandbox_seconds) > 0),
      entries as (
        select organization_id, day, user_id, sum(runs) as runs, sum(micros) as micros,
          sum(simulated_micros) as simulated, sum(sandbox_seconds) as seconds
        from everjust.usage_of_ledger(null) group by 1, 2, 3)
      select 'day' as of, * from (
        (table days except table entries) union all (table entries except table days)) as d`,
    // What a member used in one organization; who is gone is in no sum.
    sql`
      with sums as (select * from everjust.member_spending where used + reserved > 0),
      entries as (select l.* from everjust.spending_of_members(null) l where l.used + l.reserved > 0)
      select 'member' as of, * from ((table sums except table entries) union all (table entries except table sums)) as m`,
    // What a person used and set aside is what stands in the ledger for that person.
    sql`
      select 'person' as of, coalesce(s.user_id, l.user_id) as id, s.used, s.reserved, l.settled, l.set_aside
      from everjust.person_spending s
      full join (
        select user_id, period, sum(settled) as settled,
          sum(case when state = 'reserved' then reserved else 0 end) as set_aside
        from everjust.ledger where metric = 'micros' and user_id is not null group by user_id, period
      ) l using (user_id, period)
      where s.used is distinct from l.settled or s.reserved is distinct from l.set_aside`,
    // So is what a project did, of all that is booked for it.
    sql`
      select 'project' as of, coalesce(s.project_id, l.project_id) as id, s.used, s.reserved, l.settled, l.set_aside
      from everjust.project_spending s
      full join (
        select project_id, period, sum(settled) as settled,
          sum(case when state = 'reserved' then reserved else 0 end) as set_aside
        from everjust.ledger where metric = 'micros' and project_id is not null group by project_id, period
      ) l using (project_id, period)
      where s.used is distinct from coalesce(l.settled, 0) or s.reserved is distinct from coalesce(l.set_aside, 0)`,
    // What a run cost and holds is the sum of its calls, and never above its cap.
    sql`
      select 'run' as of, g.id, g.spent_micros, g.held_micros, g.repair_micros, g.cap_micros, c.*
      from everjust.generations g
      left join lateral (
        select coalesce(sum(charged_micros), 0) as charged, coalesce(sum(held_micros) filter (where state = 'held'), 0) as held,
          coalesce(sum(charged_micros) filter (where purpose = 'repair'), 0) as repairs
        from everjust.model_calls c where c.generation_id = g.id
      ) c on true
      where g.spent_micros <> c.charged or g.held_micros <> c.held or g.repair_micros <> c.repairs
        or g.spent_micros > g.cap_micros`,
    // What is paid for a run that has ended is what it cost, without what is free and what was returned.
    sql`
      select 'entry' as of, g.id, g.state, g.failure_code, g.spent_micros, g.returned_micros, l.settled
      from everjust.ledger l join everjust.generations g on g.id = l.generation_id
      where l.metric = 'micros' and (l.state = 'reserved') = (g.state in ('queued', 'running')) and l.state <> 'reserved'
        and l.settled <> case
          when g.failure_code in ('platform_fault', 'sandbox_lost', 'model_unavailable') or g.own_key then 0
          else g.spent_micros - g.returned_micros end
        or l.metric = 'micros' and (l.state = 'reserved') <> (g.state in ('queued', 'running'))`,
  ])
  return [...months, ...days, ...members, ...persons, ...projects, ...runs, ...entries]
}
