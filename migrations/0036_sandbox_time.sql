-- How many sandboxes an organization has awake, and for how long. Time is booked from changes of state, whoever makes them:
-- a row of the ledger for each stretch that a sandbox was started, and its sum in `quotas`. The old code changes states as
-- before and so is metered; it asks for no room.
alter table everjust.sandboxes add column metered_at timestamptz;
alter table everjust.ledger drop constraint ledger_metric,
  add constraint ledger_metric check (metric in ('generations', 'micros', 'sandbox_seconds'));
create index ledger_days on everjust.ledger (organization_id, created_at);

-- A stretch is booked for the organization that has the project now, in the month that it lay in.
create function everjust.book_sandbox_time(of_project text, since timestamptz, until timestamptz) returns void
language sql volatile security definer set search_path = everjust, pg_temp as $$
  with parts as (
    select p.organization_id, p.id as project_id, month::date as period,
      greatest(since, month at time zone 'UTC') as begun,
      least(until, (month + interval '1 month') at time zone 'UTC') as ended
    from projects p cross join
      generate_series(date_trunc('month', since at time zone 'UTC'), until at time zone 'UTC', interval '1 month') as month
    where p.id = of_project),
  booked as (
    insert into ledger (id, organization_id, project_id, metric, period, state, reserved, settled, created_at, ended_at)
    select 'led_' || replace(gen_random_uuid()::text, '-', ''), organization_id, project_id, 'sandbox_seconds', period,
      'settled', 0, extract(epoch from ended)::bigint - extract(epoch from begun)::bigint, begun, ended
    from parts where extract(epoch from ended)::bigint > extract(epoch from begun)::bigint
    returning organization_id, period, settled)
  insert into quotas (organization_id, metric, period, used)
  select organization_id, 'sandbox_seconds', period, sum(settled) from booked group by organization_id, period
  on conflict (organization_id, metric, period) do update set used = quotas.used + excluded.used
$$;

create function everjust.meter_sandbox() returns trigger
language plpgsql security definer set search_path = everjust, pg_temp as $$
begin
  if tg_op <> 'INSERT' and old.metered_at is not null
    and (tg_op = 'DELETE' or new.state <> 'started' or new.metered_at is distinct from old.metered_at) then
    perform book_sandbox_time(old.project_id, old.metered_at, now());
  end if;
  if tg_op = 'DELETE' then return old; end if;
  new.metered_at := case when new.state <> 'started' then null
    when tg_op = 'INSERT' or old.metered_at is null or new.metered_at is distinct from old.metered_at then now()
    else old.metered_at end;
  return new;
end
$$;
create trigger metered before insert or update of state, metered_at or delete on everjust.sandboxes
  for each row execute function everjust.meter_sandbox();

-- What was used until a project moves stays with the organization that had it.
create function everjust.meter_before_move() returns trigger
language plpgsql security definer set search_path = everjust, pg_temp as $$
begin
  if new.organization_id <> old.organization_id then
    update sandboxes set metered_at = now() where project_id = old.id and metered_at is not null;
  end if;
  return new;
end
$$;
create trigger metered before update of organization_id on everjust.projects
  for each row execute function everjust.meter_before_move();

-- Seconds that sandboxes of an organization were up in a month, those that are up now counted until this moment.
create function everjust.sandbox_seconds(of_organization text, in_month date) returns bigint
language sql stable security definer set search_path = everjust, pg_temp as $$
  select coalesce((select q.used from quotas q
      where q.organization_id = of_organization and q.metric = 'sandbox_seconds' and q.period = in_month), 0)
    + coalesce((select sum(extract(epoch from now() - greatest(b.metered_at, in_month::timestamp at time zone 'UTC')))::bigint
      from projects p join sandboxes b on b.project_id = p.id
      where p.organization_id = of_organization and b.metered_at is not null), 0)
$$;

-- Whether a project's sandbox may be awake, decided one at a time for each organization: what stands against it, or
-- nothing. One that is awake already, or that a run is to wake, keeps its place. The one that nobody used for longest and
-- no run needs makes room; its project is told, for whoever asks sees to it that it stops. The project's row is locked
-- before, as everywhere.
create function everjust.take_sandbox_room(of_project text, most integer, most_seconds bigint, in_month date)
returns table (why text, used bigint, retired text)
language plpgsql volatile security definer set search_path = everjust, pg_temp as $$
declare
  owner text;
  held boolean;
  spent bigint;
  others bigint;
begin
  select p.organization_id into owner from projects p where p.id = of_project for no key update;
  if owner is null then return; end if;
  perform pg_advisory_xact_lock(hashtextextended('sandboxes:' || owner, 0));
  if most_seconds is not null then
    spent := sandbox_seconds(owner, in_month);
    if spent >= most_seconds then return query select 'hours', spent, null::text; return; end if;
  end if;
  if most is null then return; end if;
  select exists (select from projects p left join sandboxes b on b.project_id = p.id
    where p.id = of_project and (b.state in ('starting', 'started') or p.active_generation_id is not null)) into held;
  if held then return; end if;
  select count(*) into others from projects p left join sandboxes b on b.project_id = p.id
    where p.organization_id = owner and p.id <> of_project
      and (b.state in ('starting', 'started') or p.active_generation_id is not null);
  if others < most then return; end if;
  if others = most and (current_setting('role', true) = 'everjust_worker' or owner in (select my_organizations())) then
    return query
      update sandboxes s set state = 'stopping', updated_at = now()
      where s.project_id = (
        select b.project_id from sandboxes b join projects p on p.id = b.project_id
        where p.organization_id = owner and p.id <> of_project and b.state = 'started' and p.active_generation_id is null
        order by b.used_at limit 1 for update of b skip locked)
      returning 'room', others, s.project_id;
    if found then return; end if;
  end if;
  return query select 'sandboxes', others, null::text;
end
$$;

revoke all on function everjust.book_sandbox_time, everjust.meter_sandbox, everjust.meter_before_move,
  everjust.sandbox_seconds, everjust.take_sandbox_room from public;
grant execute on function everjust.sandbox_seconds, everjust.take_sandbox_room to everjust_app, everjust_worker;
