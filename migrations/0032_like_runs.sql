-- Runs of other organizations stand behind a price only when three of them share it: the middle of the runs of one would
-- tell what it used. Else as it was, with the same columns for old code.
create or replace function everjust.like_runs(of_project text, of_mode text, prompt_length integer)
returns table (simulated boolean, runs integer, steps double precision, input double precision, usual jsonb, high jsonb)
language sql stable security definer set search_path = everjust, pg_temp as $$
  with asked as materialized (
    select p.organization_id, coalesce(v.total_bytes, 0) as bytes
    from projects p left join versions v on v.id = p.current_version_id where p.id = of_project),
  latest as (
    (select g.id from generations g, asked where g.organization_id = asked.organization_id and g.mode = of_mode
      and g.state in ('succeeded', 'failed') order by g.ended_at desc limit 100)
    union
    (select g.id from generations g where g.mode = of_mode and g.state in ('succeeded', 'failed')
      order by g.ended_at desc limit 100)),
  recent as materialized (
    select g.id, g.model like 'scripted-%' as simulated, g.organization_id,
      g.organization_id = asked.organization_id as here,
      abs(ln((length(g.prompt) + 50.0) / (prompt_length + 50.0)))
        + abs(ln((coalesce(v.total_bytes, 0) + 2000.0) / (asked.bytes + 2000.0))) as distance
    from latest join generations g on g.id = latest.id cross join asked
    left join versions v on v.id = g.base_version_id
    where g.spent_micros > 0
      and coalesce(g.failure_code, '') not in ('platform_fault', 'sandbox_lost', 'model_unavailable')),
  ranked as (
    select r.id, r.simulated, row_number() over (partition by r.simulated order by r.distance, r.id) as rank
    from recent r
    where r.here
      or (select count(*) from recent o where o.here and o.simulated = r.simulated) < 5
        and (select count(distinct o.organization_id) from recent o where not o.here and o.simulated = r.simulated) >= 3),
  calls as (
    select ranked.id, ranked.simulated, row_number() over (partition by ranked.id order by m.created_at) as n,
      coalesce((m.usage->>'input_tokens')::bigint, 0) as input, coalesce((m.usage->>'output_tokens')::bigint, 0) as output,
      coalesce((m.usage->>'cache_read_input_tokens')::bigint, 0) as read,
      coalesce((m.usage->>'cache_creation_input_tokens')::bigint, 0) as written
    from ranked join model_calls m on m.generation_id = ranked.id
    where ranked.rank <= 30 and m.state = 'settled' and m.usage is not null),
  sums as (
    select c.simulated, count(*) as steps, sum(c.input) as input, sum(c.output) as output, sum(c.read) as read,
      sum(c.written) as written, sum(c.input + c.read + c.written) filter (where c.n = 1) as first
    from calls c group by c.id, c.simulated)
  select s.simulated, count(*)::integer, percentile_cont(0.5) within group (order by s.steps),
    percentile_cont(0.5) within group (order by s.first),
    jsonb_build_object(
      'input_tokens', percentile_cont(0.5) within group (order by s.input),
      'output_tokens', percentile_cont(0.5) within group (order by s.output),
      'cache_read_input_tokens', percentile_cont(0.5) within group (order by s.read),
      'cache_creation_input_tokens', percentile_cont(0.5) within group (order by s.written)),
    jsonb_build_object(
      'input_tokens', percentile_cont(0.95) within group (order by s.input),
      'output_tokens', percentile_cont(0.95) within group (order by s.output),
      'cache_read_input_tokens', percentile_cont(0.95) within group (order by s.read),
      'cache_creation_input_tokens', percentile_cont(0.95) within group (order by s.written))
  from sums s group by s.simulated
$$;
