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

-- What runs like the one that is asked for used, in tokens: the middle of them, and what nineteen of twenty stayed below.
-- Likest first by the size of the prompt and of the project; those of the organization when there are enough, else those of
-- all. Nothing of anybody leaves but these numbers.
create function everjust.like_runs(of_project text, of_mode text, prompt_length integer)
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
    select g.id, g.model like 'scripted-%' as simulated, g.organization_id = asked.organization_id as here,
      abs(ln((length(g.prompt) + 50.0) / (prompt_length + 50.0)))
        + abs(ln((coalesce(v.total_bytes, 0) + 2000.0) / (asked.bytes + 2000.0))) as distance
    from latest join generations g on g.id = latest.id cross join asked
    left join versions v on v.id = g.base_version_id
    where g.spent_micros > 0
      and coalesce(g.failure_code, '') not in ('platform_fault', 'sandbox_lost', 'model_unavailable')),
  ranked as (
    select r.id, r.simulated, row_number() over (partition by r.simulated order by r.distance, r.id) as rank
    from recent r
    where r.here or (select count(*) from recent o where o.here and o.simulated = r.simulated) < 5),
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

revoke all on function everjust.waiting_line, everjust.start_next, everjust.like_runs from public;
grant execute on function everjust.waiting_line to everjust_worker;
grant execute on function everjust.start_next, everjust.like_runs to everjust_app, everjust_worker;
