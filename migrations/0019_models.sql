-- How an organization uses models: which its people may choose, and the rules that each run is told.
create table everjust.organization_engine (
  organization_id text primary key references everjust.organizations on delete cascade,
  -- A list of ids; null allows all of the tier.
  models jsonb,
  default_model text,
  rules text not null default '',
  updated_at timestamptz not null default now()
);

-- Its own key or endpoint. The key is sealed and bound to the organization: only jobs read it, to ask the model.
create table everjust.own_models (
  organization_id text primary key references everjust.organizations on delete cascade,
  sealed text not null,
  -- The last characters of the key, by which people know it.
  hint text not null,
  url text,
  -- Why it was last refused; null when it was not.
  problem text,
  added_by text references everjust.users on delete set null,
  added_at timestamptz not null default now()
);
create index own_models_added_by on everjust.own_models (added_by);

do $$
declare
  t text;
begin
  foreach t in array array['organization_engine', 'own_models']
  loop
    execute format('alter table everjust.%I enable row level security', t);
    execute format('create policy worker on everjust.%I to everjust_worker using (true) with check (true)', t);
    execute format('create policy seen on everjust.%I for select to everjust_app
      using (organization_id in (select everjust.my_organizations()) or organization_id = everjust.run_organization())', t);
    execute format('create policy added on everjust.%I for insert to everjust_app
      with check (organization_id in (select everjust.my_organizations()))', t);
    execute format('create policy changed on everjust.%I for update to everjust_app
      using (organization_id in (select everjust.my_organizations()))', t);
    execute format('create policy removed on everjust.%I for delete to everjust_app
      using (organization_id in (select everjust.my_organizations()))', t);
  end loop;
end
$$;

-- Even sealed, the key is nothing that a request reads back.
revoke select on everjust.own_models from everjust_app;
grant select (organization_id, hint, url, problem, added_by, added_at) on everjust.own_models to everjust_app;
