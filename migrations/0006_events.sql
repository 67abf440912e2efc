-- The log of record. `seq` is taken by `update … returning` on the stream's row in the writer's transaction: a sequence
-- would let a later number commit first, and a reader would skip the earlier one for ever.
create table everjust.event_streams (
  project_id text primary key references everjust.projects on delete cascade,
  last_seq bigint not null default 0
);

create table everjust.events (
  project_id text not null references everjust.projects on delete cascade,
  seq bigint not null,
  type text not null,
  at timestamptz not null default now(),
  data jsonb not null,
  -- For events of a run: who sent it and its number there, so that a repeated report adds nothing.
  run_id text,
  run_n bigint,
  primary key (project_id, seq)
);
create unique index events_run on everjust.events (run_id, run_n) where run_id is not null;
