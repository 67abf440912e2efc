-- A version can be given a name, and says who made it. New columns with a default, so old code goes on unaware of them.
alter table everjust.versions add column name text constraint versions_name check (length(name) between 1 and 80);

-- What a version holds stays as it was saved; only its name may change.
revoke update on everjust.versions from everjust_app;
grant update (name) on everjust.versions to everjust_app;

-- Who saved a version, or asked for it: told to members of its organization alone, whoever else may see the project.
create function everjust.author_of(project text, person text, generation text) returns jsonb
language sql stable security definer set search_path = everjust, pg_temp as $$
  select jsonb_build_object('id', u.id, 'name', coalesce(u.name, split_part(u.email, '@', 1), ''))
  from users u
  where u.id = coalesce(person, (select g.requested_by from generations g where g.id = generation and g.project_id = project))
    and exists (select from projects p where p.id = project and p.organization_id in (select my_organizations()))
$$;
revoke all on function everjust.author_of from public;
grant execute on function everjust.author_of to everjust_app, everjust_worker;
