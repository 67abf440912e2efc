-- Who pays, by what subscription, and what was billed: a copy of what the provider of payments says, fetched by a job and
-- never taken from an event. New tables, so old code goes on unaware.
create table everjust.billing_accounts (
  organization_id text primary key references everjust.organizations on delete cascade,
  customer_id text constraint billing_accounts_customer unique,
  subscription_id text,
  item_id text,
  -- As the provider calls it.
  status text,
  plan text constraint billing_accounts_plan check (plan in ('pro', 'team')),
  seats integer,
  period_end timestamptz,
  -- When it ends because somebody cancelled it.
  ends_at timestamptz,
  -- Since when a payment is owed; grace is counted from here.
  unpaid_since timestamptz,
  -- The tier that payments led to: what an operator sets beside that stays until they lead elsewhere.
  granted jsonb,
  -- One checkout at a time: whoever asks for the same gets the same page, whoever asks for another closes the one before.
  checkout_turn integer not null default 0,
  checkout_plan text,
  checkout_seats integer,
  checkout_at timestamptz,
  checkout_id text,
  -- While the seats are being changed, nobody else may change them.
  changing_until timestamptz,
  -- Counts the fetches: one that was overtaken by a later one writes nothing.
  sync_turn integer not null default 0,
  synced_at timestamptz
);
create index billing_accounts_unpaid on everjust.billing_accounts (unpaid_since) where unpaid_since is not null;

create table everjust.invoices (
  id text primary key,
  organization_id text not null references everjust.organizations on delete cascade,
  number text,
  state text not null constraint invoices_state check (state in ('draft', 'open', 'paid', 'void', 'uncollectible')),
  total_micros bigint not null,
  url text,
  created_at timestamptz not null
);
create index invoices_organization on everjust.invoices (organization_id, created_at desc);

-- Events that were taken, so that a repeated one does nothing.
create table everjust.billing_events (
  id text primary key,
  type text not null,
  taken_at timestamptz not null default now()
);
create index billing_events_age on everjust.billing_events (taken_at);

do $$
declare
  t text;
begin
  foreach t in array array['billing_accounts', 'invoices', 'billing_events']
  loop
    execute format('alter table everjust.%I enable row level security', t);
    execute format('create policy worker on everjust.%I to everjust_worker using (true) with check (true)', t);
    execute format('revoke insert, update, delete on everjust.%I from everjust_app', t);
  end loop;
  foreach t in array array['billing_accounts', 'invoices']
  loop
    execute format('create policy members on everjust.%I to everjust_app
      using (organization_id in (select everjust.my_organizations()))
      with check (organization_id in (select everjust.my_organizations()))', t);
  end loop;
end
$$;

-- What a request begins; what was paid for is written by jobs alone.
grant insert (organization_id) on everjust.billing_accounts to everjust_app;
grant update (customer_id, checkout_turn, checkout_plan, checkout_seats, checkout_at, checkout_id, changing_until)
  on everjust.billing_accounts to everjust_app;

-- An event and the job that looks at what it is about, in one statement; null when there is nothing to be done.
create function everjust.take_billing_event(event_id text, event_type text, of_customer text, new_job_id text)
returns text
language sql volatile set search_path = everjust, pg_temp as $$
  with taken as (
    insert into billing_events (id, type) values (event_id, event_type) on conflict (id) do nothing returning id)
  insert into jobs (id, kind, payload, key)
  select new_job_id, 'sync-billing', jsonb_build_object('organizationId', a.organization_id),
    'sync-billing:' || a.organization_id
  from taken, billing_accounts a
  where a.customer_id = of_customer
  on conflict (key) where state = 'queued' do nothing
  returning id
$$;

-- The same for a member who comes back from paying.
create function everjust.ask_billing_sync(of_organization text, new_job_id text) returns text
language sql volatile security definer set search_path = everjust, pg_temp as $$
  insert into jobs (id, kind, payload, key)
  select new_job_id, 'sync-billing', jsonb_build_object('organizationId', a.organization_id),
    'sync-billing:' || a.organization_id
  from billing_accounts a
  where a.organization_id = of_organization and a.customer_id is not null
    and a.organization_id in (select everjust.my_organizations())
  on conflict (key) where state = 'queued' do nothing
  returning id
$$;

revoke all on function everjust.take_billing_event, everjust.ask_billing_sync from public;
grant execute on function everjust.take_billing_event to everjust_worker;
grant execute on function everjust.ask_billing_sync to everjust_app;
