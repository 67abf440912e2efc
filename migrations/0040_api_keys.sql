-- Keys belong to a person, or to one organization: then they act nowhere else, and its administrators see and end them,
-- whoever made them. A key is always its maker's hand: it may never more than that person may now.
alter table everjust.api_keys
  add column organization_id text references everjust.organizations on delete cascade,
  add column prefix text not null default '',
  add column requests_per_minute integer not null default 120
    constraint api_keys_rate check (requests_per_minute between 1 and 600),
  add column two_factors boolean not null default false,
  add column replaced_by text;
create index api_keys_organization on everjust.api_keys (organization_id) where organization_id is not null;

create policy administrators on everjust.api_keys to everjust_app
  using (exists (select from everjust.memberships m
    where m.organization_id = api_keys.organization_id and m.role in ('admin', 'owner')
      and m.user_id = (select nullif(current_setting('everjust.user', true), ''))))
  with check (exists (select from everjust.memberships m
    where m.organization_id = api_keys.organization_id and m.role in ('admin', 'owner')
      and m.user_id = (select nullif(current_setting('everjust.user', true), ''))));

-- Who calls by a key, and that it was used: once a minute is exact enough. Before it there is no principal.
create function everjust.use_api_key(digest text)
returns table (
  id text, user_id text, organization_id text, scopes text[], requests_per_minute integer, two_factors boolean
)
language plpgsql security definer set search_path = everjust, pg_temp as $$
begin
  update api_keys k set last_used_at = now()
  where k.secret_sha256 = digest and (k.last_used_at is null or k.last_used_at < now() - interval '1 minute')
    and k.revoked_at is null and (k.expires_at is null or k.expires_at > now());
  return query
    select k.id, k.user_id, k.organization_id, k.scopes, k.requests_per_minute, k.two_factors
    from api_keys k join users u on u.id = k.user_id and u.blocked_at is null
    where k.secret_sha256 = digest and k.revoked_at is null and (k.expires_at is null or k.expires_at > now());
end
$$;
revoke all on function everjust.use_api_key from public;
grant execute on function everjust.use_api_key to everjust_app;

-- So that the old code cannot mistake a key of an organization for its maker's.
create or replace function everjust.find_api_key(digest text) returns table (user_id text, scopes text[])
language sql stable security definer set search_path = everjust, pg_temp as $$
  select k.user_id, k.scopes
  from api_keys k join users u on u.id = k.user_id and u.blocked_at is null
  where k.secret_sha256 = digest and k.organization_id is null and k.revoked_at is null
    and (k.expires_at is null or k.expires_at > now())
$$;
