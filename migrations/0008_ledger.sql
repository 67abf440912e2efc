-- One row for each promise to pay and what became of it. Quota is decided on `quotas`, in one statement with the insert here.
create table everjust.ledger (
  id text primary key,
  organization_id text not null references everjust.organizations,
  generation_id text references everjust.generations on delete set null,
  metric text not null constraint ledger_metric check (metric in ('generations', 'micros')),
  period date not null,
  state text not null constraint ledger_state check (state in ('reserved', 'settled', 'released')),
  reserved bigint not null,
  settled bigint not null default 0,
  simulated boolean not null default false,
  created_at timestamptz not null default now(),
  ended_at timestamptz,
  constraint ledger_once unique (generation_id, metric)
);
create index ledger_organization on everjust.ledger (organization_id, period);

create table everjust.quotas (
  organization_id text not null references everjust.organizations on delete cascade,
  metric text not null,
  period date not null,
  used bigint not null default 0,
  reserved bigint not null default 0,
  simulated bigint not null default 0,
  primary key (organization_id, metric, period),
  constraint quotas_positive check (used >= 0 and reserved >= 0)
);
