-- The queue. A job is taken with `for update skip locked` and a lease; `fence` counts the takings, and every later write
-- of the taker carries it.
create table everjust.jobs (
  id text primary key,
  kind text not null,
  project_id text,
  payload jsonb not null,
  state text not null default 'queued' constraint jobs_state check (state in ('queued', 'taken', 'done', 'failed')),
  run_at timestamptz not null default now(),
  lease_until timestamptz,
  fence integer not null default 0,
  tries integer not null default 0,
  -- Two jobs with the same key wait as one.
  key text,
  problem text,
  created_at timestamptz not null default now(),
  ended_at timestamptz
);
create unique index jobs_key on everjust.jobs (key) where state = 'queued';
create index jobs_due on everjust.jobs (run_at) where state = 'queued';
create index jobs_lost on everjust.jobs (lease_until) where state = 'taken';
