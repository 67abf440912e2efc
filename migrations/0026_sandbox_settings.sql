-- What people chose for the sandbox of a project: its size, its timer, its network. A null leaves it to the tier and to the
-- snapshot. While the old code runs, it makes sandboxes as before and leaves what is chosen for later.
create table everjust.sandbox_settings (
  project_id text primary key references everjust.projects on delete cascade,
  cpu integer constraint sandbox_settings_cpu check (cpu between 1 and 64),
  memory_gib integer constraint sandbox_settings_memory check (memory_gib between 1 and 256),
  auto_stop_minutes integer constraint sandbox_settings_auto_stop check (auto_stop_minutes between 1 and 1440),
  network text not null default 'open' constraint sandbox_settings_network check (network in ('open', 'none')),
  -- Hosts that may be reached beside those of the platform.
  hosts jsonb not null default '[]' constraint sandbox_settings_hosts check (jsonb_typeof(hosts) = 'array'),
  updated_at timestamptz not null default now(),
  constraint sandbox_settings_size check ((cpu is null) = (memory_gib is null))
);

alter table everjust.sandbox_settings enable row level security;
create policy worker on everjust.sandbox_settings to everjust_worker using (true) with check (true);
create policy members on everjust.sandbox_settings to everjust_app
  using (exists (select from everjust.projects p
    where p.id = project_id and p.organization_id in (select everjust.my_organizations())))
  with check (exists (select from everjust.projects p
    where p.id = project_id and p.organization_id in (select everjust.my_organizations())));

-- The settings that the sandbox was last started with; null of one that was started before they were recorded.
alter table everjust.sandboxes add column applied jsonb;

-- A day of a project's costs is read by what was asked of the model then.
create index model_calls_project on everjust.model_calls (project_id, created_at);

-- Who belongs to an organization is its members' to know; nothing else of a person is read by others.
create function everjust.members_of(of_organization text)
returns table (name text, email text, role text)
language sql stable security definer set search_path = everjust, pg_temp as $$
  select u.name, u.email, m.role from memberships m join users u on u.id = m.user_id
  where m.organization_id = of_organization and of_organization in (select my_organizations())
  order by array_position(array['owner', 'admin', 'editor', 'viewer'], m.role), u.name nulls last, u.email
  limit 500
$$;
revoke all on function everjust.members_of from public;
grant execute on function everjust.members_of to everjust_app, everjust_worker;
