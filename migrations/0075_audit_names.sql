-- Names of what entries of the audit log are about, to the organization's members: read beside the log, never kept in it, so
-- that what is gone has no name any more. Of an entry's own ids alone. Nothing is changed, so old code goes on unaware.
create function everjust.audit_names(of_organization text, entries bigint[]) returns table (id text, name text)
language sql stable security definer set search_path = everjust, pg_temp as $$
  with about as materialized (
    select distinct unnest(string_to_array(a.subject, '/')) as id from audit_log a
    where a.organization_id = of_organization and a.n = any(entries) and of_organization in (select my_organizations()))
  select u.id, coalesce(u.name, split_part(u.email, '@', 1), '') from about join users u using (id) where u.deleted_at is null
  union all
  select p.id, p.name from about join projects p using (id) where p.organization_id = of_organization and p.deleted_at is null
  union all
  select o.id, o.name from about join organizations o using (id) where o.id = of_organization
  union all
  select k.id, k.name from about join api_keys k using (id)
    where k.organization_id = of_organization or k.user_id = nullif(current_setting('everjust.user', true), '')
  union all
  select v.id, v.number::text from about join versions v using (id)
    join projects p on p.id = v.project_id and p.organization_id = of_organization and p.deleted_at is null
$$;
revoke all on function everjust.audit_names from public;
grant execute on function everjust.audit_names to everjust_app;
