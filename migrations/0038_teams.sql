-- Organizations of several people: they make and name them, change who belongs, and invite others. Safe beside old code:
-- it makes none of this, and knows the new role by the rank of a viewer nowhere, so nobody has it until it is gone.
alter table everjust.memberships drop constraint memberships_role;
alter table everjust.memberships add constraint memberships_role
  check (role in ('viewer', 'billing', 'editor', 'admin', 'owner'));

-- What the principal of the transaction is to an organization; null is nothing.
create function everjust.my_role(in_organization text) returns text
language sql stable security definer set search_path = everjust, pg_temp as $$
  select m.role from memberships m
  where m.organization_id = in_organization and m.user_id = nullif(current_setting('everjust.user', true), '')
$$;

-- Of an organization its admins change the name, and nothing else: what it may use and pays is no affair of requests.
revoke update on everjust.organizations from everjust_app;
grant update (name) on everjust.organizations to everjust_app;
create policy named on everjust.organizations for update to everjust_app
  using (everjust.my_role(id) in ('admin', 'owner'));

-- An organization of the caller's. False when the caller owns as many that nobody pays for as one person may.
create function everjust.open_organization(new_organization_id text, new_name text, most integer) returns boolean
language plpgsql security definer set search_path = everjust, pg_temp as $$
declare
  me constant text := nullif(current_setting('everjust.user', true), '');
begin
  perform pg_advisory_xact_lock(hashtext('organizations:' || me));
  if me is null or most <= (
    select count(*) from memberships m join organizations o on o.id = m.organization_id
    where m.user_id = me and m.role = 'owner' and o.kind = 'team' and o.tier = 'free')
  then
    return false;
  end if;
  insert into organizations (id, name, kind) values (new_organization_id, new_name, 'team');
  insert into memberships (organization_id, user_id, role) values (new_organization_id, me, 'owner');
  return true;
end
$$;

-- Who belongs to an organization is its members' to know.
create function everjust.people_of(of_organization text)
returns table (user_id text, name text, email text, role text, joined_at timestamptz)
language sql stable security definer set search_path = everjust, pg_temp as $$
  select u.id, u.name, u.email, m.role, m.created_at from memberships m join users u on u.id = m.user_id
  where m.organization_id = of_organization and of_organization in (select my_organizations())
  order by array_position(array['owner', 'admin', 'editor', 'billing', 'viewer'], m.role), u.name nulls last, u.email
  limit 500
$$;

-- Gives a member another role; without one the member is out. Who may what is decided here once more, one change of an
-- organization after the other: it never is without an owner, whoever leaves at once.
create function everjust.change_member(of_organization text, who text, new_role text) returns text
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
  else
    update memberships m set role = new_role where m.organization_id = of_organization and m.user_id = who;
  end if;
  return 'done';
end
$$;

-- Another member owns it from now on, and whoever did is an admin.
create function everjust.transfer_organization(of_organization text, to_whom text) returns text
language plpgsql security definer set search_path = everjust, pg_temp as $$
declare
  me constant text := nullif(current_setting('everjust.user', true), '');
begin
  perform from organizations o where o.id = of_organization and o.kind = 'team' for update;
  if my_role(of_organization) is distinct from 'owner' then
    return 'forbidden';
  end if;
  update memberships m set role = 'owner' where m.organization_id = of_organization and m.user_id = to_whom and to_whom <> me;
  if not found then
    return 'unknown';
  end if;
  update memberships m set role = 'admin' where m.organization_id = of_organization and m.user_id = me;
  return 'done';
end
$$;

create table everjust.invitations (
  id text primary key,
  organization_id text not null references everjust.organizations on delete cascade,
  -- The link's secret is kept by nobody: only what it hashes to.
  digest text not null constraint invitations_digest_unique unique,
  role text not null constraint invitations_role check (role in ('viewer', 'billing', 'editor', 'admin')),
  -- Whom it was sent to, who alone may use it; null is whoever has the link, of these mail domains if there are any.
  email text,
  domains jsonb not null default '[]' constraint invitations_domains check (jsonb_typeof(domains) = 'array'),
  uses integer not null,
  used integer not null default 0 constraint invitations_used check (used between 0 and uses),
  created_by text not null references everjust.users on delete cascade,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  revoked_at timestamptz
);
create index invitations_organization on everjust.invitations (organization_id, created_at desc);
create index invitations_created_by on everjust.invitations (created_by);

-- Who came by which: nobody comes by the same one twice.
create table everjust.invitation_uses (
  invitation_id text not null references everjust.invitations on delete cascade,
  user_id text not null references everjust.users on delete cascade,
  created_at timestamptz not null default now(),
  primary key (invitation_id, user_id)
);
create index invitation_uses_user on everjust.invitation_uses (user_id);

do $$
declare
  t text;
begin
  foreach t in array array['invitations', 'invitation_uses']
  loop
    execute format('alter table everjust.%I enable row level security', t);
    execute format('create policy worker on everjust.%I to everjust_worker using (true) with check (true)', t);
  end loop;
end
$$;
create policy admins on everjust.invitations to everjust_app
  using (everjust.my_role(organization_id) in ('admin', 'owner'))
  with check (everjust.my_role(organization_id) in ('admin', 'owner'));

-- An invitation that still holds: whoever made it may still invite.
create function everjust.good_invitation(wanted text) returns setof everjust.invitations
language sql stable security definer set search_path = everjust, pg_temp as $$
  select i.* from invitations i
  where i.digest = wanted and i.revoked_at is null and i.expires_at > now() and i.used < i.uses
    and exists (select from memberships m where m.organization_id = i.organization_id and m.user_id = i.created_by
      and m.role in ('admin', 'owner'))
$$;

-- What an invitation says to whoever has the link.
create function everjust.open_invitation(wanted text)
returns table (organization_id text, organization text, tier text, by text, role text, personal boolean, expires_at timestamptz)
language sql stable security definer set search_path = everjust, pg_temp as $$
  select o.id, o.name, o.tier, coalesce(u.name, u.email), i.role, i.email is not null, i.expires_at
  from good_invitation(wanted) i join organizations o on o.id = i.organization_id join users u on u.id = i.created_by
$$;

-- Makes the caller a member. Many that come at once are as many as it was made for; who came by it before, or is a
-- member, uses nothing up. Where `seated`, a place must be free among the seats that are paid for.
create function everjust.accept_invitation(wanted text, seated boolean)
returns table (outcome text, invitation_id text, organization_id text, role text)
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
  if exists (select from memberships m where m.organization_id = found_one.organization_id and m.user_id = me) then
    return query select 'member', found_one.id, found_one.organization_id, found_one.role;
    return;
  end if;
  if not exists (select from good_invitation(wanted))
    or exists (select from invitation_uses u where u.invitation_id = found_one.id and u.user_id = me)
  then
    return query select 'over', null::text, null::text, null::text;
    return;
  end if;
  if found_one.email is not null and found_one.email is distinct from address
    or found_one.domains <> '[]' and not found_one.domains ? coalesce(split_part(address, '@', 2), '')
  then
    return query select 'not_for_you', null::text, null::text, null::text;
    return;
  end if;
  select o.seats into seats from organizations o where o.id = found_one.organization_id for update;
  if seated and seats <= (select count(*) from memberships m where m.organization_id = found_one.organization_id) then
    return query select 'full', null::text, null::text, null::text;
    return;
  end if;
  insert into memberships (organization_id, user_id, role) values (found_one.organization_id, me, found_one.role);
  insert into invitation_uses (invitation_id, user_id) values (found_one.id, me);
  update invitations i set used = i.used + 1 where i.id = found_one.id;
  return query select 'joined', found_one.id, found_one.organization_id, found_one.role;
end
$$;

do $$
declare
  f text;
begin
  foreach f in array array['my_role', 'open_organization', 'people_of', 'change_member', 'transfer_organization',
    'good_invitation', 'open_invitation', 'accept_invitation']
  loop
    execute format('revoke all on function everjust.%I from public', f);
  end loop;
end
$$;
grant execute on function everjust.my_role, everjust.open_organization, everjust.people_of, everjust.change_member,
  everjust.transfer_organization, everjust.open_invitation, everjust.accept_invitation to everjust_app, everjust_worker;
