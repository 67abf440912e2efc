-- The second wall: even a query that forgets its tenant returns nothing of others. `everjust.user` is the person of the
-- transaction, `everjust.project` the one project of a run. Both are transaction-local settings, so they hold behind a
-- transaction-mode pooler, and without them nothing is visible.
create function everjust.may_write(of_project text, of_organization text) returns boolean
language sql stable as $$
  select of_project = current_setting('everjust.project', true)
    or of_organization in (select everjust.my_organizations())
$$;

create function everjust.run_organization() returns text
language sql stable security definer set search_path = everjust, pg_temp as $$
  select p.organization_id from projects p where p.id = nullif(current_setting('everjust.project', true), '')
$$;

do $$
declare
  t text;
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
    execute format('create policy seen on everjust.%I for select to everjust_app
      using (project_id in (select id from everjust.projects))', t);
  end loop;
  foreach t in array array['versions', 'blobs', 'generations', 'event_streams', 'events', 'sandboxes', 'model_calls', 'jobs']
  loop
    execute format('create policy written on everjust.%I to everjust_app
      using (project_id in (select p.id from everjust.projects p where everjust.may_write(p.id, p.organization_id)))
      with check (project_id in (select p.id from everjust.projects p where everjust.may_write(p.id, p.organization_id)))', t);
  end loop;

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
  using (visibility = 'public' or everjust.may_write(id, organization_id));
create policy written on everjust.projects to everjust_app
  using (everjust.may_write(id, organization_id)) with check (everjust.may_write(id, organization_id));

-- Counters hold digests of subjects, nothing of a tenant.
create policy counters on everjust.rate_windows to everjust_app using (true) with check (true);

revoke all on function everjust.run_organization from public;
grant execute on function everjust.run_organization to everjust_app, everjust_worker;
