-- A signed address of a preview opens it for whoever knows it, until it ends. When somebody may not see a project any more,
-- the addresses they may have been told are spent: told to nobody from the same statement on, and ended by a job, which
-- signs others for those who stay. The database itself notices, so that no way of going is forgotten. A link has an address
-- of its own, which ends with it and disturbs nobody else. New columns and a new table, so old code goes on unaware.
create table everjust.spent_addresses (
  url text primary key,
  project_id text not null references everjust.projects on delete cascade,
  provider_id text not null,
  until timestamptz not null,
  spent_at timestamptz not null default now(),
  ended_at timestamptz
);
create index spent_addresses_project on everjust.spent_addresses (project_id);
create index spent_addresses_open on everjust.spent_addresses (spent_at) where ended_at is null;
create index sandboxes_bare on everjust.sandboxes (project_id) where state = 'started' and preview_url is null;

alter table everjust.spent_addresses enable row level security;
revoke all on everjust.spent_addresses from everjust_app;
create policy worker on everjust.spent_addresses to everjust_worker using (true) with check (true);

alter table everjust.shares
  add column preview_url text,
  add column preview_provider text,
  add column preview_until timestamptz;

create function everjust.spend_addresses(which text[]) returns void
language sql security definer set search_path = everjust, pg_temp as $$
  with known as materialized (
    select s.project_id, s.preview_url, s.provider_id, s.urls_expire_at
    from sandboxes s join projects p on p.id = s.project_id
    where s.project_id = any(which) and s.preview_url is not null and s.provider_id is not null and s.urls_expire_at > now()
    order by s.project_id for update of s),
  told_no_more as (
    update sandboxes s set preview_url = null from known k where s.project_id = k.project_id)
  insert into spent_addresses (url, project_id, provider_id, until)
    select preview_url, project_id, provider_id, urls_expire_at from known
    on conflict (url) do nothing
$$;

create function everjust.spend_those_of() returns trigger
language plpgsql security definer set search_path = everjust, pg_temp as $$
begin
  case tg_table_name
    when 'memberships' then
      perform spend_addresses(array(select id from projects where organization_id = old.organization_id and deleted_at is null));
    when 'project_guests' then
      perform spend_addresses(array[old.project_id]);
    when 'organizations' then
      perform spend_addresses(array(select id from projects where organization_id = new.id and deleted_at is null));
    when 'users' then
      perform spend_addresses(array(
        select p.id from memberships m join projects p on p.organization_id = m.organization_id and p.deleted_at is null
          where m.user_id = new.id
        union select g.project_id from project_guests g where g.user_id = new.id));
    when 'projects' then
      perform spend_addresses(array[new.id]);
    when 'shares' then
      insert into spent_addresses (url, project_id, provider_id, until)
        values (new.preview_url, new.project_id, new.preview_provider, new.preview_until)
        on conflict (url) do nothing;
  end case;
  return null;
end
$$;
create trigger spent after delete on everjust.memberships for each row execute function everjust.spend_those_of();
create trigger spent after delete on everjust.project_guests for each row execute function everjust.spend_those_of();
create trigger spent after update of suspended_at on everjust.organizations for each row
  when (old.suspended_at is null and new.suspended_at is not null) execute function everjust.spend_those_of();
create trigger spent after update of suspended_at, blocked_at on everjust.users for each row
  when (old.suspended_at is null and new.suspended_at is not null or old.blocked_at is null and new.blocked_at is not null)
  execute function everjust.spend_those_of();
create trigger spent after update of visibility, organization_id on everjust.projects for each row
  when (old.visibility = 'public' and new.visibility <> 'public' or old.organization_id <> new.organization_id)
  execute function everjust.spend_those_of();
create trigger spent after update of revoked_at on everjust.shares for each row
  when (old.revoked_at is null and new.revoked_at is not null and new.preview_until > now())
  execute function everjust.spend_those_of();

-- Asks for a job when there is something to end, and none waits for it already; null when there is not.
create function everjust.end_addresses(new_job_id text) returns text
language sql security definer set search_path = everjust, pg_temp as $$
  insert into jobs (id, kind, payload, key)
    select new_job_id, 'change-addresses', '{}', 'change-addresses'
    where exists (select from spent_addresses where ended_at is null)
    on conflict (key) where state = 'queued' do nothing
    returning id
$$;

-- As it was, and with the link's own address while that is good for its sandbox, a while longer than somebody may look at a
-- page that has just come, or as long as the link. A link into a suspended organization leads nowhere.
drop function everjust.open_share;
create function everjust.open_share(wanted text, counted boolean)
returns table (project_id text, name text, version_id text, expires_at timestamptz, share_id text, preview_url text, preview_until timestamptz)
language plpgsql security definer set search_path = everjust, pg_temp as $$
begin
  return query
    update shares s set
      opened = s.opened + counted::int,
      opened_at = case when counted then now() else s.opened_at end
    from projects p
      join organizations o on o.id = p.organization_id and o.suspended_at is null
      left join sandboxes b on b.project_id = p.id
    where s.digest = wanted and s.revoked_at is null and s.expires_at > now()
      and p.id = s.project_id and p.deleted_at is null and p.archived_at is null
    returning p.id, p.name, p.current_version_id, s.expires_at, s.id,
      case when s.preview_provider = b.provider_id
        and s.preview_until > least(now() + interval '5 minutes', s.expires_at - interval '5 seconds')
        then s.preview_url end,
      s.preview_until;
  if found then
    perform set_config('everjust.project', (select s.project_id from shares s where s.digest = wanted), true);
  end if;
end
$$;

revoke all on function everjust.spend_addresses, everjust.spend_those_of, everjust.end_addresses, everjust.open_share from public;
grant execute on function everjust.end_addresses to everjust_app, everjust_worker, everjust_operator;
grant execute on function everjust.open_share to everjust_app;
