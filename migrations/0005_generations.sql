create table everjust.generations (
  id text primary key,
  project_id text not null references everjust.projects on delete cascade,
  organization_id text not null references everjust.organizations,
  requested_by text not null references everjust.users,
  state text not null constraint generations_state
    check (state in ('queued', 'running', 'succeeded', 'failed', 'cancelled')),
  prompt text not null,
  answer text,
  model text not null,
  failure_code text,
  base_version_id text references everjust.versions on delete set null,
  version_id text references everjust.versions on delete set null,
  -- The lease of the running attempt: every report carries the attempt, so a runner that was given up cannot write.
  attempt integer not null default 0,
  lease_until timestamptz,
  deadline timestamptz,
  sandbox_id text,
  session_id text,
  command_id text,
  -- Money in millionths of a dollar: what this run may cost, what requests under way hold, what was used.
  cap_micros bigint not null,
  held_micros bigint not null default 0,
  spent_micros bigint not null default 0,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  ended_at timestamptz,
  constraint generations_budget check (held_micros >= 0 and spent_micros >= 0)
);
-- One run at a time in a project, decided by the database.
create unique index generations_one_active on everjust.generations (project_id) where state in ('queued', 'running');
create index generations_list on everjust.generations (project_id, created_at desc, id desc);
create index generations_stuck on everjust.generations (lease_until) where state in ('queued', 'running');
