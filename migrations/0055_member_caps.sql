-- What an admin allows one member to cost, beside what members allow themselves; and what each member used and set aside in
-- a month in one organization, kept by the ledger's own changes. Old code sets no such cap, and its entries count too.
alter table everjust.memberships
  add column cap_run_micros bigint constraint memberships_cap_run check (cap_run_micros >= 0),
  add column cap_month_micros bigint constraint memberships_cap_month check (cap_month_micros >= 0);

create table everjust.member_spending (
  organization_id text not null references everjust.organizations on delete cascade,
  user_id text not null references everjust.users on delete cascade,
  period date not null,
  used bigint not null default 0,
  reserved bigint not null default 0,
  primary key (organization_id, user_id, period),
  constraint member_spending_positive check (used >= 0 and reserved >= 0)
);
create index member_spending_user on everjust.member_spending (user_id);
alter table everjust.member_spending enable row level security;
create policy worker on everjust.member_spending to everjust_worker using (true) with check (true);
create policy members on everjust.member_spending to everjust_app
  using (organization_id in (select everjust.my_organizations()) or user_id = nullif(current_setting('everjust.user', true), ''))
  with check (user_id = nullif(current_setting('everjust.user', true), ''));

create function everjust.spending_of_members(of_organization text) returns setof everjust.member_spending
language sql stable security definer set search_path = everjust, pg_temp as $$
  select l.organization_id, l.user_id, l.period, sum(l.settled)::bigint,
    sum(case when l.state = 'reserved' then l.reserved else 0 end)::bigint
  from ledger l
  where l.metric = 'micros' and l.user_id is not null and (of_organization is null or l.organization_id = of_organization)
  group by 1, 2, 3
$$;
insert into everjust.member_spending select * from everjust.spending_of_members(null);

create function everjust.count_member() returns trigger
language plpgsql security definer set search_path = everjust, pg_temp as $$
declare
  entry ledger := new;
  spent constant bigint := coalesce(new.settled, 0) - coalesce(old.settled, 0);
  held constant bigint := coalesce(case when new.state = 'reserved' then new.reserved end, 0)
    - coalesce(case when old.state = 'reserved' then old.reserved end, 0);
begin
  if tg_op = 'DELETE' then entry := old; end if;
  if entry.metric <> 'micros' or entry.user_id is null or spent = 0 and held = 0 then return null; end if;
  update member_spending s set used = s.used + spent, reserved = s.reserved + held
    where s.organization_id = entry.organization_id and s.user_id = entry.user_id and s.period = entry.period;
  if not found and tg_op <> 'DELETE' then
    insert into member_spending as s (organization_id, user_id, period, used, reserved)
      values (entry.organization_id, entry.user_id, entry.period, spent, held)
      on conflict (organization_id, user_id, period) do update
        set used = s.used + excluded.used, reserved = s.reserved + excluded.reserved;
  end if;
  return null;
end
$$;
create trigger counted_for_member after insert or update of state, settled, reserved or delete on everjust.ledger
  for each row execute function everjust.count_member();

-- Admins cap members; only owners cap owners.
create function everjust.cap_member(of_organization text, who text, run bigint, month bigint) returns text
language plpgsql security definer set search_path = everjust, pg_temp as $$
declare
  theirs constant text := (select m.role from memberships m where m.organization_id = of_organization and m.user_id = who);
  mine constant text := my_role(of_organization);
begin
  if mine is null or theirs is null then return 'unknown'; end if;
  if mine not in ('admin', 'owner') or theirs = 'owner' and mine <> 'owner' then return 'forbidden'; end if;
  update memberships m set cap_run_micros = run, cap_month_micros = month
    where m.organization_id = of_organization and m.user_id = who;
  return 'done';
end
$$;

-- As before, and members' sums too.
create or replace function everjust.rebuild_usage(of_organization text) returns void
language sql volatile security definer set search_path = everjust, pg_temp as $$
  delete from usage_days where organization_id = of_organization;
  insert into usage_days select * from usage_of_ledger(of_organization);
  delete from member_spending where organization_id = of_organization;
  insert into member_spending select * from spending_of_members(of_organization);
  delete from quotas where organization_id = of_organization;
  insert into quotas (organization_id, metric, period, used, reserved, simulated)
  select organization_id, metric, period, sum(settled), sum(case when state = 'reserved' then reserved else 0 end),
    sum(case when simulated then settled else 0 end)
  from ledger where organization_id = of_organization group by 1, 2, 3
$$;

revoke all on function everjust.spending_of_members, everjust.count_member, everjust.cap_member from public;
grant execute on function everjust.cap_member to everjust_app;
