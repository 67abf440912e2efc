-- Caps that people and organizations set, what each person used, what a call was charged, and who waits for a place.
-- While the old code runs it leaves the new columns at their defaults and the new tables empty, which allows everything.
create table everjust.caps (
  owner_kind text not null constraint caps_owner_kind check (owner_kind in ('person', 'organization')),
  owner_id text not null,
  -- The most that one run and one month may cost; null leaves it to the tier.
  run_micros bigint constraint caps_run check (run_micros >= 0),
  month_micros bigint constraint caps_month check (month_micros >= 0),
  updated_at timestamptz not null default now(),
  primary key (owner_kind, owner_id)
);

-- What a person used and set aside in a month, in all organizations together: the sums of the person's ledger rows.
create table everjust.person_spending (
  user_id text not null references everjust.users on delete cascade,
  period date not null,
  used bigint not null default 0,
  reserved bigint not null default 0,
  primary key (user_id, period),
  constraint person_spending_positive check (used >= 0 and reserved >= 0)
);

-- Who asked for what is paid here; kept when the generation is gone.
alter table everjust.ledger add column user_id text references everjust.users on delete set null;
create index ledger_user on everjust.ledger (user_id);

alter table everjust.model_calls
  -- What of its cost is charged to the run: an overrun of the run's cap is not.
  add column charged_micros bigint not null default 0,
  -- How long the reply may be: less than was asked for when the run has not enough left.
  add column max_tokens integer;

alter table everjust.generations
  -- What its tries to mend failed checks were charged, which is returned when the same error comes back.
  add column repair_micros bigint not null default 0,
  -- How many runs start before it, once it was found that it must wait; null while it need not.
  add column place integer,
  -- When that came to an end: its turn had come, and its start was asked for.
  add column turn_at timestamptz;
create index generations_waiting on everjust.generations (created_at, id) where state = 'queued';
create index generations_running on everjust.generations (organization_id, requested_by) where state = 'running';
create index generations_like on everjust.generations (mode, ended_at desc) where state in ('succeeded', 'failed');
create index generations_like_here on everjust.generations (organization_id, mode, ended_at desc)
  where state in ('succeeded', 'failed');

do $$
declare
  t text;
begin
  foreach t in array array['caps', 'person_spending']
  loop
    execute format('alter table everjust.%I enable row level security', t);
    execute format('create policy worker on everjust.%I to everjust_worker using (true) with check (true)', t);
  end loop;
end
$$;

create policy own on everjust.caps to everjust_app
  using (
    owner_kind = 'person' and owner_id = nullif(current_setting('everjust.user', true), '')
    or owner_kind = 'organization' and owner_id in (select everjust.my_organizations())
  )
  with check (
    owner_kind = 'person' and owner_id = nullif(current_setting('everjust.user', true), '')
    or owner_kind = 'organization' and owner_id in (select everjust.my_organizations())
  );

-- Whoever may close an entry of the ledger also counts it to the person it is booked for.
create policy own on everjust.person_spending to everjust_app
  using (
    user_id = nullif(current_setting('everjust.user', true), '')
    or exists (select from everjust.ledger l where l.user_id = person_spending.user_id)
  )
  with check (
    user_id = nullif(current_setting('everjust.user', true), '')
    or exists (select from everjust.ledger l where l.user_id = person_spending.user_id)
  );

-- The line of those who wait, over all tenants: first the organization with the fewest runs, then the person with the
-- fewest, then the oldest; who already stands further ahead counts like a run. `place` is how many start before it.
create function everjust.waiting_line() returns table (generation_id text, project_id text, place integer)
language sql stable security definer set search_path = everjust, pg_temp as $$
  with running as materialized (select g.organization_id, g.requested_by from generations g where g.state = 'running'),
  by_person as (
    select g.id, g.project_id, g.organization_id, g.requested_by, g.created_at,
      (select count(*) from running r where r.requested_by = g.requested_by)
        + row_number() over (partition by g.requested_by order by g.created_at, g.id) as person_turn
    from generations g join projects p on p.id = g.project_id and p.deleted_at is null
    where g.state = 'queued'),
  by_organization as (
    select b.*, (select count(*) from running r where r.organization_id = b.organization_id)
      + row_number() over (partition by b.organization_id order by b.person_turn, b.created_at, b.id) as turn
    from by_person b)
  select id, project_id, row_number() over (order by turn, person_turn, created_at, id)::integer - 1 from by_organization
$$;

-- Whoever ends a run need not be allowed to see the next one, only to have it started: the job of the first that waits.
create function everjust.start_next(new_job_id text) returns table (job_id text)
language sql volatile security definer set search_path = everjust, pg_temp as $$
  insert into jobs (id, kind, project_id, payload, key)
  select new_job_id, 'start-generation', l.project_id, jsonb_build_object('generationId', l.generation_id),
    'start-generation:' || l.generation_id
  from waiting_line() l join generations g on g.id = l.generation_id
  where g.place is not null
  order by l.place
  limit 1
  on conflict (key) where state = 'queued' do nothing
  returning id
$$;

-- What runs like this one came to, each at the prices given: nothing of anybody but five numbers. Likest first by the size
-- of the prompt and of the project; those of the organization when there are enough, else those of all.
create function everjust.like_runs(
  in_organization text, of_mode text, is_simulated boolean, prompt_length integer, project_bytes bigint, price jsonb
) returns table (runs integer, usual_micros double precision, high_micros double precision, usual_steps double precision,
  usual_input double precision)
language sql stable security definer set search_path = everjust, pg_temp as $$
  with recent as materialized (
    select g.id, g.organization_id = in_organization as here,
      abs(ln((length(g.prompt) + 50.0) / (prompt_length + 50.0)))
        + abs(ln((coalesce(v.total_bytes, 0) + 2000.0) / (project_bytes + 2000.0))) as distance
    from (
      (select id from generations where organization_id = in_organization and mode = of_mode
        and state in ('succeeded', 'failed') order by ended_at desc limit 100)
      union
      (select id from generations where mode = of_mode and state in ('succeeded', 'failed')
        order by ended_at desc limit 100)
    ) latest
    join generations g on g.id = latest.id
    left join versions v on v.id = g.base_version_id
    where (g.model like 'scripted-%') = is_simulated and g.spent_micros > 0
      and coalesce(g.failure_code, '') not in ('platform_fault', 'sandbox_lost', 'model_unavailable')),
  chosen as materialized (
    select id from recent
    where here or (select count(*) from recent where here) < 5
    order by distance, id
    limit 30),
  costs as (
    select count(*) as steps, min(c.input) filter (where c.n = 1) as input, sum(
        (c.usage->>'input_tokens')::numeric * (price->>'input')::numeric
        + (c.usage->>'output_tokens')::numeric * (price->>'output')::numeric
        + coalesce((c.usage->>'cache_read_input_tokens')::numeric, 0) * (price->>'cacheRead')::numeric
        + coalesce((c.usage->>'cache_creation_input_tokens')::numeric, 0) * (price->>'cacheWrite')::numeric) as micros
    from (
      select m.generation_id, m.usage, row_number() over (partition by m.generation_id order by m.created_at) as n,
        (m.usage->>'input_tokens')::numeric + coalesce((m.usage->>'cache_read_input_tokens')::numeric, 0)
          + coalesce((m.usage->>'cache_creation_input_tokens')::numeric, 0) as input
      from model_calls m join chosen on chosen.id = m.generation_id
      where m.state = 'settled' and m.usage is not null) c
    group by c.generation_id)
  select count(*)::integer, percentile_cont(0.5) within group (order by micros),
    percentile_cont(0.95) within group (order by micros), percentile_cont(0.5) within group (order by steps),
    percentile_cont(0.5) within group (order by input)
  from costs
$$;

revoke all on function everjust.waiting_line, everjust.start_next, everjust.like_runs from public;
grant execute on function everjust.waiting_line to everjust_worker;
grant execute on function everjust.start_next, everjust.like_runs to everjust_app, everjust_worker;
