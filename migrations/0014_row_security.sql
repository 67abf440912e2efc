-- The second wall: even a query that forgets its tenant returns nothing of others. `everjust.user` is the person of the
-- transaction, `everjust.project` the one project of a run. Both are transaction-local settings, so they hold behind a
-- transaction-mode pooler, and without them nothing is visible. What does not depend on the row stands in a sub-select of
-- its own, so that it is worked out once in a query; what belongs to a project asks for that one project by its key.
create function everjust.run_organization() returns text
language sql stable security definer set search_path = everjust, pg_temp as $$
  select p.organization_id from projects p where p.id = nullif(current_setting('everjust.project', true), '')
$$;

do $$
declare
  t text;
  own constant text := 'exists (select from everjust.projects p where p.id = %I.project_id
    and (p.organization_id in (select everjust.my_organizations())
      or p.id = (select nullif(current_setting(''everjust.project'', true), ''''))))';
begin
  foreach t in array array['users', 'organizations', 'memberships', 'projects', 'versions', 'blobs', 'generations',
    'event_streams', 'events', 'sandboxes', 'ledger', 'quotas', 'model_calls', 'jobs', 'idempotency_keys',
    'rate_windows', 'api_keys', 'audit_log']
  loop
    execute format('alter table everjust.%I enable row level security', t);
    execute format('create policy worker on everjust.%I to everjust_worker using (true) with check (true)', t);
  end loop;

  -- What belongs to a project is as visible as the project, and may be written by whoever may write the project.
  foreach t in array array['versions', 'blobs', 'generations', 'event_streams', 'events', 'sandboxes', 'model_calls']
  loop
    execute format('create policy seen on everjust.%1$I for select to everjust_app
      using (exists (select from everjust.projects p where p.id = %1$I.project_id))', t);
  end loop;
  foreach t in array array['versions', 'blobs', 'generations', 'event_streams', 'events', 'sandboxes', 'model_calls', 'jobs']
  loop
    execute format('create policy added on everjust.%1$I for insert to everjust_app with check (%2$s)', t, format(own, t));
    execute format('create policy changed on everjust.%1$I for update to everjust_app using (%2$s)', t, format(own, t));
    execute format('create policy removed on everjust.%1$I for delete to everjust_app using (%2$s)', t, format(own, t));
  end loop;
  execute format('create policy seen on everjust.jobs for select to everjust_app using (%s)', format(own, 'jobs'));

  -- What belongs to an organization is its members', and a run's while it works for it.
  foreach t in array array['ledger', 'quotas', 'audit_log']
  loop
    execute format('create policy members on everjust.%I to everjust_app
      using (organization_id in (select everjust.my_organizations()) or organization_id = everjust.run_organization())
      with check (organization_id in (select everjust.my_organizations())
        or organization_id = everjust.run_organization())', t);
  end loop;

  -- What belongs to a person alone.
  foreach t in array array['idempotency_keys', 'api_keys']
  loop
    execute format('create policy own on everjust.%I to everjust_app
      using (user_id = nullif(current_setting(''everjust.user'', true), ''''))
      with check (user_id = nullif(current_setting(''everjust.user'', true), ''''))', t);
  end loop;
end
$$;

create policy self on everjust.users for select to everjust_app
  using (id = nullif(current_setting('everjust.user', true), ''));

create policy members on everjust.organizations for select to everjust_app
  using (id in (select everjust.my_organizations()) or id = everjust.run_organization());

create policy members on everjust.memberships for select to everjust_app
  using (organization_id in (select everjust.my_organizations()));

create policy seen on everjust.projects for select to everjust_app
  using (
    visibility = 'public'
    or organization_id in (select everjust.my_organizations())
    or id = (select nullif(current_setting('everjust.project', true), ''))
  );
create policy added on everjust.projects for insert to everjust_app
  with check (organization_id in (select everjust.my_organizations()));
-- What a project is and whose it is stays as it was made.
revoke update on everjust.projects from everjust_app;
grant update (name, visibility, current_version_id, active_generation_id, deleted_at, updated_at)
  on everjust.projects to everjust_app;
create policy changed on everjust.projects for update to everjust_app
  using (
    organization_id in (select everjust.my_organizations())
    or id = (select nullif(current_setting('everjust.project', true), ''))
  );

-- Counters hold digests of subjects, nothing of a tenant.
create policy counters on everjust.rate_windows to everjust_app using (true) with check (true);

revoke all on function everjust.run_organization from public;
grant execute on function everjust.run_organization to everjust_app, everjust_worker;
