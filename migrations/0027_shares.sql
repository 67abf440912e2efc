-- Links that show the running app of a project to whoever has them, until they end. A new table, so old code goes on unaware.
create table everjust.shares (
  id text primary key,
  project_id text not null references everjust.projects on delete cascade,
  -- The link's secret is kept by nobody: only what it hashes to.
  digest text not null constraint shares_digest_unique unique,
  created_by text references everjust.users on delete set null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  revoked_at timestamptz,
  opened integer not null default 0,
  opened_at timestamptz
);
create index shares_project on everjust.shares (project_id, created_at desc);
create index shares_created_by on everjust.shares (created_by);

alter table everjust.shares enable row level security;
create policy worker on everjust.shares to everjust_worker using (true) with check (true);
create policy members on everjust.shares to everjust_app
  using (exists (select from everjust.projects p
    where p.id = project_id and p.organization_id in (select everjust.my_organizations())))
  with check (exists (select from everjust.projects p
    where p.id = project_id and p.organization_id in (select everjust.my_organizations())));

-- Whoever has a link is nobody's member: the link alone is what lets them see this one project's sandbox, as its run would.
create function everjust.open_share(wanted text, counted boolean)
returns table (project_id text, name text, version_id text, expires_at timestamptz)
language plpgsql security definer set search_path = everjust, pg_temp as $$
begin
  return query
    update shares s set
      opened = s.opened + counted::int,
      opened_at = case when counted then now() else s.opened_at end
    from projects p
    where s.digest = wanted and s.revoked_at is null and s.expires_at > now()
      and p.id = s.project_id and p.deleted_at is null
    returning p.id, p.name, p.current_version_id, s.expires_at;
  if found then
    perform set_config('everjust.project', (select s.project_id from shares s where s.digest = wanted), true);
  end if;
end
$$;

revoke all on function everjust.open_share from public;
grant execute on function everjust.open_share to everjust_app;
