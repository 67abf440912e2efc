-- One project shared with one person, as a guest who looks or who edits, and projects that move to another organization.
-- Safe beside old code: it makes neither, and knows nobody as a guest.
create table everjust.project_guests (
  project_id text not null references everjust.projects on delete cascade,
  user_id text not null references everjust.users on delete cascade,
  role text not null constraint project_guests_role check (role in ('viewer', 'editor')),
  invited_by text references everjust.users on delete set null,
  created_at timestamptz not null default now(),
  primary key (user_id, project_id)
);
create index project_guests_project on everjust.project_guests (project_id);
create index project_guests_invited_by on everjust.project_guests (invited_by);

-- An invitation to one project of its organization; null is one to the organization.
alter table everjust.invitations add column project_id text references everjust.projects on delete cascade;
create index invitations_project on everjust.invitations (project_id) where project_id is not null;

-- The projects that the principal of the transaction is a guest of: those it may edit, or all of them.
create function everjust.visited(only_editing boolean) returns setof text
language sql stable security definer set search_path = everjust, pg_temp as $$
  select g.project_id from project_guests g
  where g.user_id = nullif(current_setting('everjust.user', true), '') and (g.role = 'editor' or not only_editing)
$$;

-- The organizations of those projects.
create function everjust.hosts(only_editing boolean) returns setof text
language sql stable security definer set search_path = everjust, pg_temp as $$
  select p.organization_id from projects p where p.id in (select visited(only_editing)) and p.deleted_at is null
$$;

alter table everjust.project_guests enable row level security;
create policy worker on everjust.project_guests to everjust_worker using (true) with check (true);
-- Guests know of themselves, members of all; admins say what each may, and whoever is a guest may go.
create policy seen on everjust.project_guests for select to everjust_app
  using (user_id = nullif(current_setting('everjust.user', true), '') or exists (select from everjust.projects p
    where p.id = project_id and p.organization_id in (select everjust.my_organizations())));
create policy changed on everjust.project_guests for update to everjust_app
  using (exists (select from everjust.projects p
    where p.id = project_id and everjust.my_role(p.organization_id) in ('admin', 'owner')));
create policy removed on everjust.project_guests for delete to everjust_app
  using (user_id = nullif(current_setting('everjust.user', true), '') or exists (select from everjust.projects p
    where p.id = project_id and everjust.my_role(p.organization_id) in ('admin', 'owner')));
revoke insert, update on everjust.project_guests from everjust_app;
grant update (role) on everjust.project_guests to everjust_app;

-- What guests see and write beside members: their project, what belongs to it, and of its organization what a run needs to
-- be counted and capped. Who it has, its folders, its bill and its other projects are none of theirs.
create policy guests on everjust.projects for select to everjust_app using (id in (select everjust.visited(false)));
create policy guests_change on everjust.projects for update to everjust_app using (id in (select everjust.visited(true)));
create policy guests on everjust.organizations for select to everjust_app using (id in (select everjust.hosts(false)));
create policy guests on everjust.audit_log for insert to everjust_app
  with check (organization_id in (select everjust.hosts(false)));
create policy guests on everjust.quotas to everjust_app
  using (organization_id in (select everjust.hosts(true))) with check (organization_id in (select everjust.hosts(true)));
create policy guests on everjust.ledger to everjust_app
  using (project_id in (select everjust.visited(true)))
  with check (project_id in (select everjust.visited(true)) and organization_id in (select everjust.hosts(true)));
create policy guests on everjust.caps for select to everjust_app
  using (owner_kind = 'organization' and owner_id in (select everjust.hosts(true))
    or owner_kind = 'project' and owner_id in (select everjust.visited(true)));
create policy guests on everjust.improvements for insert to everjust_app
  with check (user_id = nullif(current_setting('everjust.user', true), '')
    and project_id in (select everjust.visited(true)));
do $$
declare
  t text;
begin
  foreach t in array array['versions', 'blobs', 'generations', 'event_streams', 'events', 'sandboxes', 'model_calls', 'jobs',
    'conversation_memories', 'queued_messages', 'images', 'project_spending', 'file_locks', 'shares', 'project_secrets',
    'sandbox_settings']
  loop
    execute format('create policy guests on everjust.%I to everjust_app
      using (project_id in (select everjust.visited(true))) with check (project_id in (select everjust.visited(true)))', t);
  end loop;
  foreach t in array array['organization_engine', 'own_models']
  loop
    execute format('create policy guests on everjust.%I for select to everjust_app
      using (organization_id in (select everjust.hosts(true)))', t);
  end loop;
end
$$;

-- Who saved a version is told to guests who edit too.
create or replace function everjust.author_of(project text, person text, generation text) returns jsonb
language sql stable security definer set search_path = everjust, pg_temp as $$
  select jsonb_build_object('id', u.id, 'name', coalesce(u.name, split_part(u.email, '@', 1), ''))
  from users u
  where u.id = coalesce(person, (select g.requested_by from generations g where g.id = generation and g.project_id = project))
    and exists (select from projects p where p.id = project
      and (p.organization_id in (select my_organizations()) or p.id in (select visited(true))))
$$;

-- Who the guests of a project are, to members of its organization and to those of them who edit.
create function everjust.guests_of(of_project text)
returns table (user_id text, name text, email text, role text, joined_at timestamptz)
language sql stable security definer set search_path = everjust, pg_temp as $$
  select u.id, u.name, u.email, g.role, g.created_at
  from project_guests g join users u on u.id = g.user_id join projects p on p.id = g.project_id
  where g.project_id = of_project
    and (p.organization_id in (select my_organizations()) or p.id in (select visited(true)))
  order by g.role, u.name nulls last, u.email
  limit 500
$$;

-- Whoever is out of an organization is a guest of none of its projects either. Else as before.
create or replace function everjust.change_member(of_organization text, who text, new_role text) returns text
language plpgsql security definer set search_path = everjust, pg_temp as $$
declare
  me constant text := nullif(current_setting('everjust.user', true), '');
  mine text;
  theirs text;
begin
  perform from organizations o where o.id = of_organization for update;
  mine := my_role(of_organization);
  theirs := (select m.role from memberships m where m.organization_id = of_organization and m.user_id = who);
  if mine is null or theirs is null then
    return 'unknown';
  end if;
  if not (who = me and new_role is null) and mine not in ('admin', 'owner') then
    return 'forbidden';
  end if;
  if (theirs = 'owner' or new_role = 'owner') and mine <> 'owner' then
    return 'forbidden';
  end if;
  if theirs = 'owner' and new_role is distinct from 'owner' and not exists (
    select from memberships m where m.organization_id = of_organization and m.role = 'owner' and m.user_id <> who)
  then
    return 'last_owner';
  end if;
  if new_role is null then
    delete from memberships m where m.organization_id = of_organization and m.user_id = who;
    delete from project_guests g using projects p
      where p.id = g.project_id and p.organization_id = of_organization and g.user_id = who;
  else
    update memberships m set role = new_role where m.organization_id = of_organization and m.user_id = who;
  end if;
  return 'done';
end
$$;

-- Of a project that is gone no invitation holds.
create or replace function everjust.good_invitation(wanted text) returns setof everjust.invitations
language sql stable security definer set search_path = everjust, pg_temp as $$
  select i.* from invitations i
  where i.digest = wanted and i.revoked_at is null and i.expires_at > now() and i.used < i.uses
    and exists (select from memberships m where m.organization_id = i.organization_id and m.user_id = i.created_by
      and m.role in ('admin', 'owner'))
    and (i.project_id is null or exists (select from projects p where p.id = i.project_id and p.deleted_at is null))
$$;

drop function everjust.open_invitation;
create function everjust.open_invitation(wanted text)
returns table (organization_id text, organization text, tier text, project text, by text, role text, personal boolean,
  expires_at timestamptz)
language sql stable security definer set search_path = everjust, pg_temp as $$
  select o.id, o.name, o.tier, (select p.name from projects p where p.id = i.project_id), coalesce(u.name, u.email), i.role,
    i.email is not null, i.expires_at
  from good_invitation(wanted) i join organizations o on o.id = i.organization_id join users u on u.id = i.created_by
$$;

-- Makes the caller a member, or the guest of one project, who takes no seat. Else as before.
drop function everjust.accept_invitation;
create function everjust.accept_invitation(wanted text, seated boolean)
returns table (outcome text, invitation_id text, organization_id text, project_id text, role text)
language plpgsql security definer set search_path = everjust, pg_temp as $$
declare
  me constant text := nullif(current_setting('everjust.user', true), '');
  address text;
  seats integer;
  found_one invitations;
begin
  perform from invitations i where i.digest = wanted for update;
  select i.* into found_one from invitations i where i.digest = wanted;
  address := (select lower(u.email) from users u where u.id = me and u.blocked_at is null);
  if found_one.project_id is null and exists (
      select from memberships m where m.organization_id = found_one.organization_id and m.user_id = me)
    or exists (select from project_guests g where g.project_id = found_one.project_id and g.user_id = me)
  then
    return query select 'member', found_one.id, found_one.organization_id, found_one.project_id, found_one.role;
    return;
  end if;
  if not exists (select from good_invitation(wanted))
    or exists (select from invitation_uses u where u.invitation_id = found_one.id and u.user_id = me)
  then
    return query select 'over', null::text, null::text, null::text, null::text;
    return;
  end if;
  if found_one.email is not null and found_one.email is distinct from address
    or found_one.domains <> '[]' and not found_one.domains ? coalesce(split_part(address, '@', 2), '')
  then
    return query select 'not_for_you', null::text, null::text, null::text, null::text;
    return;
  end if;
  if found_one.project_id is not null then
    insert into project_guests (project_id, user_id, role, invited_by)
      values (found_one.project_id, me, found_one.role, found_one.created_by);
  else
    select o.seats into seats from organizations o where o.id = found_one.organization_id for update;
    if seated and seats <= (select count(*) from memberships m where m.organization_id = found_one.organization_id) then
      return query select 'full', null::text, null::text, null::text, null::text;
      return;
    end if;
    insert into memberships (organization_id, user_id, role) values (found_one.organization_id, me, found_one.role);
  end if;
  insert into invitation_uses (invitation_id, user_id) values (found_one.id, me);
  update invitations i set used = i.used + 1 where i.id = found_one.id;
  return query select 'joined', found_one.id, found_one.organization_id, found_one.project_id, found_one.role;
end
$$;

-- Gives a project to another organization of the caller's, who is an admin here and may make projects there. What it used
-- stays booked where it was used; its folder, its guests and whom they invited stay behind. Not while a run works in it.
create function everjust.move_project(wanted text, to_organization text) returns text
language plpgsql security definer set search_path = everjust, pg_temp as $$
declare
  found_one projects;
begin
  select p.* into found_one from projects p where p.id = wanted and p.deleted_at is null for no key update;
  if coalesce(my_role(found_one.organization_id), '') not in ('admin', 'owner') then
    return 'forbidden';
  end if;
  if my_role(to_organization) is null then
    return 'unknown';
  end if;
  if my_role(to_organization) not in ('editor', 'admin', 'owner')
    or exists (select from organizations o where o.id = to_organization and o.suspended_at is not null)
  then
    return 'forbidden';
  end if;
  if found_one.organization_id = to_organization then
    return 'same';
  end if;
  if found_one.active_generation_id is not null
    or exists (select from ledger l where l.project_id = wanted and l.state = 'reserved')
    or exists (select from queued_messages q where q.project_id = wanted)
  then
    return 'active';
  end if;
  if exists (select from sandboxes b where b.project_id = wanted and b.state in ('starting', 'started', 'stopping')) then
    return 'awake';
  end if;
  delete from project_guests g where g.project_id = wanted;
  update invitations i set revoked_at = now() where i.project_id = wanted and i.revoked_at is null;
  update projects p set organization_id = to_organization, folder_id = null, updated_at = now() where p.id = wanted;
  return 'done';
end
$$;

do $$
declare
  f text;
begin
  foreach f in array array['visited', 'hosts', 'guests_of', 'open_invitation', 'accept_invitation', 'move_project']
  loop
    execute format('revoke all on function everjust.%I from public', f);
    execute format('grant execute on function everjust.%I to everjust_app, everjust_worker', f);
  end loop;
end
$$;
