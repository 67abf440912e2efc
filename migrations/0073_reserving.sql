-- Money for a run is set aside by one function instead of one long statement. Under row-level security that statement asked
-- anew at each of its twenty steps who may see which projects, which took most of its time, and more with every project that
-- an organization has. Here it is asked once, with the same answer. The old code keeps its statement: both lock in one order.

-- Whoever waits to add a row sees none of the others', so those that are decided on are there before, added in one order.
create function everjust.open_accounts(
  of_project text, of_organization text, of_person text, in_month date, ahead date)
returns void language plpgsql volatile set search_path = everjust, pg_temp as $$
begin
  insert into project_spending (project_id, period)
    select p.id, in_month from projects p where p.id = of_project on conflict do nothing;
  insert into member_spending (organization_id, user_id, period) values (of_organization, of_person, in_month)
    on conflict do nothing;
  insert into person_spending (user_id, period) values (of_person, in_month) on conflict do nothing;
  insert into quotas (organization_id, metric, period)
    values (of_organization, 'generations', in_month), (of_organization, 'micros', in_month),
      (of_organization, 'credits', ahead), (of_organization, 'beyond', in_month)
    on conflict do nothing;
end
$$;

create function everjust.begin_run(
  wish everjust.generations, entries jsonb, most_runs bigint, wanted bigint, least_wanted bigint, in_month date,
  ahead date, is_simulated boolean)
returns table (why text, whose text, used bigint, most bigint, made everjust.generations)
language plpgsql volatile security definer set search_path = everjust, pg_temp as $$
declare
  by_worker constant boolean := current_setting('role', true) = 'everjust_worker';
  runs bigint;
  money bigint;
  bought bigint;
  charged bigint;
  of_person bigint;
  of_project bigint;
  of_member bigint;
  more text;
  tightest record;
  granted bigint;
  held bigint;
  base text;
  begun generations;
begin
  if not by_worker and wish.requested_by is distinct from nullif(current_setting('everjust.user', true), '') then
    raise exception 'nobody asks in the name of somebody else' using errcode = 'insufficient_privilege';
  end if;
  select p.current_version_id into base from projects p
    where p.id = wish.project_id and p.organization_id = wish.organization_id
      and p.deleted_at is null and p.archived_at is null
      and (by_worker or p.organization_id in (select my_organizations()) or p.id in (select visited(true)))
    for no key update;
  if not found then return; end if;

  -- What is decided on is there before, and then locked, in one order everywhere: each of these statements sees what the
  -- one before it waited for.
  perform open_accounts(wish.project_id, wish.organization_id, wish.requested_by, in_month, ahead);
  select q.used + q.reserved into runs from quotas q
    where q.organization_id = wish.organization_id and q.metric = 'generations' and q.period = in_month
    for no key update;
  select q.used + q.reserved into money from quotas q
    where q.organization_id = wish.organization_id and q.metric = 'micros' and q.period = in_month
    for no key update;
  if runs >= most_runs then
    select q.used + q.reserved into bought from quotas q
      where q.organization_id = wish.organization_id and q.metric = 'credits' and q.period = ahead
      for no key update;
    select q.used + q.reserved into charged from quotas q
      where q.organization_id = wish.organization_id and q.metric = 'beyond' and q.period = in_month
      for no key update;
    select case when a.credits > bought then 'credits'
        when a.status in ('active', 'trialing') and a.beyond_most > charged then 'beyond' end
      into more from billing_accounts a where a.organization_id = wish.organization_id;
    if more is null then
      return query select 'generations', null::text, runs, most_runs, null::generations;
      return;
    end if;
  end if;
  select s.used + s.reserved into of_person from person_spending s
    where s.user_id = wish.requested_by and s.period = in_month for no key update;
  select s.used + s.reserved into of_project from project_spending s
    where s.project_id = wish.project_id and s.period = in_month for no key update;
  select s.used + s.reserved into of_member from member_spending s
    where s.organization_id = wish.organization_id and s.user_id = wish.requested_by and s.period = in_month
    for no key update;

  -- The cap that leaves least. What an own key pays counts to no month.
  select mine.owner, cap.of_what, cap.taken, cap.allowed, cap.allowed - cap.taken as leaves into tightest
    from (
      select c.owner_kind as owner, c.run_micros, c.month_micros,
        case c.owner_kind when 'organization' then money when 'person' then of_person else of_project end as taken
      from caps c
      where c.owner_kind = 'organization' and c.owner_id = wish.organization_id
        or c.owner_kind = 'person' and c.owner_id = wish.requested_by
        or c.owner_kind = 'project' and c.owner_id = wish.project_id
      union all select 'member', m.cap_run_micros, m.cap_month_micros, of_member
      from memberships m where m.organization_id = wish.organization_id and m.user_id = wish.requested_by
    ) as mine
    cross join lateral (values
      ('run', 0::bigint, mine.run_micros),
      ('month', mine.taken, case when not wish.own_key then mine.month_micros end)
    ) as cap (of_what, taken, allowed)
    where cap.allowed is not null
    order by leaves, mine.owner
    limit 1;
  if tightest.leaves < least_wanted then
    return query select tightest.of_what, tightest.owner, tightest.taken, tightest.allowed, null::generations;
    return;
  end if;
  granted := least(wanted, tightest.leaves);
  held := case when wish.own_key then 0 else granted end;

  insert into generations as g
    (id, project_id, organization_id, requested_by, state, prompt, model, base_version_id, cap_micros, mode, attachments,
      fallback_model, own_key, retry_of)
    values (wish.id, wish.project_id, wish.organization_id, wish.requested_by, 'queued', wish.prompt, wish.model, base,
      granted, wish.mode, wish.attachments, wish.fallback_model, wish.own_key, wish.retry_of)
    on conflict (project_id) where state in ('queued', 'running') do nothing
    returning g.* into begun;
  if not found then
    return query select 'active', null::text, 0::bigint, 1::bigint, null::generations;
    return;
  end if;
  update quotas q set reserved = q.reserved + case q.metric when 'micros' then held else 1 end
    where q.organization_id = wish.organization_id and (q.metric, q.period) in (
      ('generations', in_month), ('micros', in_month), (more, case more when 'credits' then ahead else in_month end));
  update person_spending s set reserved = s.reserved + held
    where s.user_id = wish.requested_by and s.period = in_month;
  update project_spending s set reserved = s.reserved + held
    where s.project_id = wish.project_id and s.period = in_month;
  insert into ledger
    (id, organization_id, project_id, generation_id, user_id, metric, period, state, reserved, simulated)
    select entries ->> given.metric, wish.organization_id, wish.project_id, wish.id, wish.requested_by, given.metric,
      given.period, 'reserved', given.amount, is_simulated
    from (values ('generations', in_month, 1), ('micros', in_month, held),
      (more, case more when 'credits' then ahead else in_month end, 1)) as given (metric, period, amount)
    where given.metric is not null;
  update projects p set active_generation_id = wish.id, updated_at = now() where p.id = wish.project_id;
  insert into sandboxes as s (project_id, state) values (wish.project_id, 'absent')
    on conflict (project_id) do update set used_at = now();
  return query select 'fits', null::text, 0::bigint, null::bigint, begun;
end
$$;

revoke all on function everjust.open_accounts, everjust.begin_run from public;
grant execute on function everjust.open_accounts, everjust.begin_run to everjust_app, everjust_worker;
