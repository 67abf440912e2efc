-- A link leads nowhere while its project is archived: nobody may wake what its owners put to rest. Else as it was, so old
-- code goes on unaware.
create or replace function everjust.open_share(wanted text, counted boolean)
returns table (project_id text, name text, version_id text, expires_at timestamptz)
language plpgsql security definer set search_path = everjust, pg_temp as $$
begin
  return query
    update shares s set
      opened = s.opened + counted::int,
      opened_at = case when counted then now() else s.opened_at end
    from projects p
    where s.digest = wanted and s.revoked_at is null and s.expires_at > now()
      and p.id = s.project_id and p.deleted_at is null and p.archived_at is null
    returning p.id, p.name, p.current_version_id, s.expires_at;
  if found then
    perform set_config('everjust.project', (select s.project_id from shares s where s.digest = wanted), true);
  end if;
end
$$;
