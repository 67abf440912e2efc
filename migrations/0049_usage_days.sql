-- What was used by whom, where and with which model, a row for each day: kept by the ledger's own changes, so that a page of
-- a month does not read a million entries. It can be made anew from the ledger at any time (`everjust.rebuild_usage`). The
-- old code writes the ledger as before, and so writes these.
create table everjust.usage_days (
  organization_id text not null references everjust.organizations on delete cascade,
  day date not null,
  -- Empty where nobody asked, or where the entry says none.
  project_id text not null,
  user_id text not null,
  model text not null,
  runs bigint not null default 0,
  micros bigint not null default 0,
  simulated_micros bigint not null default 0,
  sandbox_seconds bigint not null default 0,
  primary key (organization_id, day, project_id, user_id, model)
);
alter table everjust.usage_days enable row level security;
create policy worker on everjust.usage_days to everjust_worker using (true) with check (true);
create policy members on everjust.usage_days for select to everjust_app
  using (organization_id in (select everjust.my_organizations()));
revoke insert, update, delete on everjust.usage_days from everjust_app;

-- The entries of a ledger as days.
create function everjust.usage_of_ledger(of_organization text) returns setof everjust.usage_days
language sql stable security definer set search_path = everjust, pg_temp as $$
  select l.organization_id, (l.created_at at time zone 'UTC')::date, coalesce(l.project_id, ''), coalesce(l.user_id, ''),
    coalesce(g.model, ''), coalesce(sum(l.settled) filter (where l.metric = 'generations'), 0)::bigint,
    coalesce(sum(l.settled) filter (where l.metric = 'micros'), 0)::bigint,
    coalesce(sum(l.settled) filter (where l.metric = 'micros' and l.simulated), 0)::bigint,
    coalesce(sum(l.settled) filter (where l.metric = 'sandbox_seconds'), 0)::bigint
  from ledger l left join generations g on g.id = l.generation_id
  where l.state = 'settled' and l.settled > 0 and (of_organization is null or l.organization_id = of_organization)
  group by 1, 2, 3, 4, 5
$$;
insert into everjust.usage_days select * from everjust.usage_of_ledger(null);

-- What is settled may change after a run has ended, when a late reply of a model is paid.
create function everjust.count_usage() returns trigger
language plpgsql security definer set search_path = everjust, pg_temp as $$
declare
  amount bigint := case when new.state = 'settled' then new.settled else 0 end;
begin
  if tg_op = 'UPDATE' and old.state = 'settled' then amount := amount - old.settled; end if;
  if amount = 0 then return null; end if;
  insert into usage_days as d
    (organization_id, day, project_id, user_id, model, runs, micros, simulated_micros, sandbox_seconds)
  values (new.organization_id, (new.created_at at time zone 'UTC')::date, coalesce(new.project_id, ''),
    coalesce(new.user_id, ''), coalesce((select g.model from generations g where g.id = new.generation_id), ''),
    case when new.metric = 'generations' then amount else 0 end,
    case when new.metric = 'micros' then amount else 0 end,
    case when new.metric = 'micros' and new.simulated then amount else 0 end,
    case when new.metric = 'sandbox_seconds' then amount else 0 end)
  on conflict (organization_id, day, project_id, user_id, model) do update set runs = d.runs + excluded.runs,
    micros = d.micros + excluded.micros, simulated_micros = d.simulated_micros + excluded.simulated_micros,
    sandbox_seconds = d.sandbox_seconds + excluded.sandbox_seconds;
  return null;
end
$$;
create trigger counted after insert or update of state, settled on everjust.ledger
  for each row execute function everjust.count_usage();

-- Who is named in the usage of an organization: to its members alone, those who left included.
create function everjust.names_in_usage(of_organization text, since date) returns table (id text, name text)
language sql stable security definer set search_path = everjust, pg_temp as $$
  select u.id, coalesce(u.name, u.email) from users u
  where of_organization in (select my_organizations())
    and u.id in (select d.user_id from usage_days d where d.organization_id = of_organization and d.day >= since)
$$;

-- What a month comes to is counted twice: by run, and as these sums. Both are made anew from the ledger here.
create function everjust.rebuild_usage(of_organization text) returns void
language sql volatile security definer set search_path = everjust, pg_temp as $$
  delete from usage_days where organization_id = of_organization;
  insert into usage_days select * from usage_of_ledger(of_organization);
  delete from quotas where organization_id = of_organization;
  insert into quotas (organization_id, metric, period, used, reserved, simulated)
  select organization_id, metric, period, sum(settled), sum(case when state = 'reserved' then reserved else 0 end),
    sum(case when simulated then settled else 0 end)
  from ledger where organization_id = of_organization group by 1, 2, 3
$$;
revoke all on function everjust.usage_of_ledger, everjust.count_usage, everjust.names_in_usage, everjust.rebuild_usage
  from public;
grant execute on function everjust.names_in_usage to everjust_app;
grant execute on function everjust.rebuild_usage to everjust_worker;
