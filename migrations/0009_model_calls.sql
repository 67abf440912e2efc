-- One row for each request to the model: what it held, what it used, where its reply is stored.
create table everjust.model_calls (
  id text primary key,
  project_id text not null references everjust.projects on delete cascade,
  generation_id text not null references everjust.generations on delete cascade,
  attempt integer not null,
  model text not null,
  state text not null constraint model_calls_state check (state in ('held', 'settled')),
  held_micros bigint not null,
  spent_micros bigint not null default 0,
  usage jsonb,
  status integer,
  created_at timestamptz not null default now(),
  ended_at timestamptz
);
create index model_calls_generation on everjust.model_calls (generation_id);
create index model_calls_open on everjust.model_calls (created_at) where state = 'held';
