-- Requests beyond what a month allows: bought ahead, which are kept until they are used, or charged one by one at the end of
-- the month. Old code asks for none of it, and counts as before.
alter table everjust.billing_accounts
  -- How many were bought in all; how many of them are used is counted as the quota `credits`, in no month.
  add column credits bigint not null default 0,
  -- How many a month may be charged one by one; null is none.
  add column beyond_most integer constraint billing_accounts_beyond check (beyond_most > 0);
grant update (beyond_most) on everjust.billing_accounts to everjust_app;

-- What was bought, by the checkout that it was paid with: each counts once.
create table everjust.top_ups (
  id text primary key,
  organization_id text not null references everjust.organizations on delete cascade,
  requests integer not null constraint top_ups_some check (requests > 0),
  paid_micros bigint not null,
  created_at timestamptz not null
);
create index top_ups_organization on everjust.top_ups (organization_id);
alter table everjust.top_ups enable row level security;
create policy worker on everjust.top_ups to everjust_worker using (true) with check (true);
create policy members on everjust.top_ups for select to everjust_app
  using (organization_id in (select everjust.my_organizations()));
revoke insert, update, delete on everjust.top_ups from everjust_app;

alter table everjust.ledger drop constraint ledger_metric,
  add constraint ledger_metric
    check (metric in ('generations', 'micros', 'sandbox_seconds', 'credits', 'beyond')) not valid,
  -- When the provider of payments was told of what is charged one by one.
  add column reported_at timestamptz;
create index ledger_unreported on everjust.ledger (ended_at)
  where metric = 'beyond' and state = 'settled' and reported_at is null;

-- What the provider of payments is told of them, and so charges: made from the ledger, sent by a job until it was taken.
create table everjust.meter_reports (
  id text primary key,
  organization_id text not null references everjust.organizations on delete cascade,
  customer_id text not null,
  requests bigint not null,
  made_at timestamptz not null default now(),
  sent_at timestamptz
);
create index meter_reports_unsent on everjust.meter_reports (organization_id) where sent_at is null;
alter table everjust.meter_reports enable row level security;
create policy worker on everjust.meter_reports to everjust_worker using (true) with check (true);
create policy members on everjust.meter_reports for select to everjust_app
  using (organization_id in (select everjust.my_organizations()));
revoke insert, update, delete on everjust.meter_reports from everjust_app;
