-- By what else a person signs in: accounts of the issuer that were proved, in one moment, to be of somebody who is here. The
-- first one stands with the person, as before; the old code finds the others by the functions below, which stay as it calls
-- them, and notes no session as theirs.
create table everjust.identities (
  id text primary key,
  user_id text not null references everjust.users on delete cascade,
  issuer text not null,
  subject text not null,
  email text,
  name text,
  created_at timestamptz not null default now(),
  constraint identities_issuer_subject_unique unique (issuer, subject)
);
create index identities_user on everjust.identities (user_id);

-- Who asked a moment ago to be one with another account; by a digest of what only they hold, and good for one session of theirs.
create table everjust.link_tickets (
  user_id text primary key references everjust.users on delete cascade,
  digest text not null,
  session_id text not null,
  expires_at timestamptz not null
);
create index link_tickets_expired on everjust.link_tickets (expires_at);

-- By which identity; null is the one that stands with the person. None had another so far.
alter table everjust.sessions add column identity_id text;

do $$
declare
  t text;
begin
  foreach t in array array['identities', 'link_tickets']
  loop
    execute format('alter table everjust.%I enable row level security', t);
    execute format('create policy worker on everjust.%I to everjust_worker using (true) with check (true)', t);
    execute format('revoke insert, update, delete on everjust.%I from everjust_app', t);
  end loop;
end
$$;
create policy own on everjust.identities for select to everjust_app
  using (user_id = (select nullif(current_setting('everjust.user', true), '')));

-- The person is known by issuer and subject alone: those that stand with the person, or one that was linked. What the issuer
-- says of address and name follows with the next sign-in, of each for itself.
create or replace function everjust.sign_in(
  new_user_id text, new_organization_id text, who_issuer text, who_subject text, who_email text, who_name text
) returns text
language plpgsql security definer set search_path = everjust, pg_temp as $$
declare
  found_user users;
  linked identities;
begin
  select * into found_user from users where issuer = who_issuer and subject = who_subject;
  if found_user.id is null then
    select * into linked from identities where issuer = who_issuer and subject = who_subject;
    if linked.id is not null then
      update identities set email = coalesce(who_email, email), name = coalesce(who_name, name)
        where id = linked.id
          and (coalesce(who_email, email), coalesce(who_name, name)) is distinct from (email, name);
      return (select id from users where id = linked.user_id and blocked_at is null);
    end if;
    insert into users (id, issuer, subject, email, name)
      values (new_user_id, who_issuer, who_subject, who_email, who_name)
      on conflict on constraint users_issuer_subject_unique do nothing
      returning * into found_user;
    if found_user.id is not null then
      insert into organizations (id, name, kind) values (new_organization_id, coalesce(who_name, 'Personal'), 'personal');
      insert into memberships (organization_id, user_id, role) values (new_organization_id, found_user.id, 'owner');
      return found_user.id;
    end if;
    select * into found_user from users where issuer = who_issuer and subject = who_subject;
  end if;
  if found_user.blocked_at is not null then
    return null;
  end if;
  if (coalesce(who_email, found_user.email), coalesce(who_name, found_user.name))
    is distinct from (found_user.email, found_user.name)
  then
    update users set email = coalesce(who_email, email), name = coalesce(who_name, name) where id = found_user.id;
  end if;
  return found_user.id;
end
$$;

-- As before, and a session notes by which identity it came.
create or replace function everjust.enter(
  new_user_id text, new_organization_id text, who_issuer text, who_subject text, who_email text, who_name text, signed_in jsonb
) returns table (user_id text, session_id text)
language plpgsql security definer set search_path = everjust, pg_temp as $$
#variable_conflict use_column
declare
  person text := sign_in(new_user_id, new_organization_id, who_issuer, who_subject, who_email, who_name);
  by_identity text := (select i.id from identities i where i.issuer = who_issuer and i.subject = who_subject);
  proved timestamptz := to_timestamp((signed_in->>'provedAt')::double precision / 1000);
  called text := signed_in->>'name';
  found_session text;
begin
  if person is null then
    return;
  end if;
  if called is not null then
    if exists (select from sessions s where s.user_id = person and s.name = called and s.ended_at >= proved) then
      return;
    end if;
    insert into sessions as s (id, user_id, name, proved_at, two_factors, agent, origin, identity_id)
      values (signed_in->>'id', person, called, proved, (signed_in->>'twoFactors')::boolean, signed_in->>'agent',
        signed_in->>'origin', by_identity)
      on conflict (user_id, name) where ended_at is null do update
        set seen_at = now(), proved_at = greatest(s.proved_at, excluded.proved_at),
          two_factors = case when excluded.proved_at >= s.proved_at then excluded.two_factors else s.two_factors end,
          agent = coalesce(excluded.agent, s.agent), origin = coalesce(excluded.origin, s.origin),
          identity_id = excluded.identity_id
      returning s.id into found_session;
  end if;
  if signed_in->>'company' is not null then
    perform join_company(person, signed_in->>'company', signed_in->'seated');
  end if;
  return query select person, found_session;
end
$$;

-- As before. By an identity that was linked nobody comes for a company, which answers for its own people alone; nor in no
-- session, because unlinking would not end it.
create or replace function everjust.enter_unless_gone(
  new_user_id text, new_organization_id text, who_issuer text, who_subject text, who_email text, who_name text, signed_in jsonb
) returns table (user_id text, session_id text)
language plpgsql security definer set search_path = everjust, pg_temp as $$
begin
  if exists (select from departures d where d.digest = departure_digest(who_issuer, who_subject)
    and d.at >= to_timestamp((signed_in->>'provedAt')::double precision / 1000))
  then
    return;
  end if;
  if (signed_in->>'company' is not null or signed_in->>'name' is null)
    and exists (select from identities i where i.issuer = who_issuer and i.subject = who_subject)
  then
    return;
  end if;
  return query select e.user_id, e.session_id
    from enter(new_user_id, new_organization_id, who_issuer, who_subject, who_email, who_name, signed_in) e;
end
$$;

-- Whoever goes is gone by every identity.
create or replace function everjust.note_departure() returns trigger
language plpgsql security definer set search_path = everjust, pg_temp as $$
begin
  insert into departures (digest)
    select departure_digest(old.issuer, old.subject)
    union select departure_digest(i.issuer, i.subject) from identities i where i.user_id = old.id
    on conflict (digest) do update set at = excluded.at;
  return null;
end
$$;

-- Asks to be one with another account. The latest asking holds.
create function everjust.ask_link(new_digest text, by_session text, seconds integer) returns timestamptz
language sql volatile security definer set search_path = everjust, pg_temp as $$
  insert into link_tickets (user_id, digest, session_id, expires_at)
    values (nullif(current_setting('everjust.user', true), ''), new_digest, by_session,
      now() + make_interval(secs => seconds))
    on conflict (user_id) do update
      set digest = excluded.digest, session_id = excluded.session_id, expires_at = excluded.expires_at
    returning expires_at
$$;

-- What of a person's would be lost if they were one with somebody else, by kind. What nobody misses is not counted.
create function everjust.holdings_of(person text, kept_hours integer) returns setof text
language sql stable security definer set search_path = everjust, pg_temp as $$
  select 'organizations' where exists (
    select from memberships m join organizations o on o.id = m.organization_id and o.kind = 'team' where m.user_id = person)
  union all
  select 'projects' where exists (
    select from projects p join memberships m on m.organization_id = p.organization_id and m.user_id = person
      join organizations o on o.id = p.organization_id and o.kind = 'personal'
    where p.deleted_at is null or p.deleted_at > now() - make_interval(hours => kept_hours))
  union all
  select 'guests' where exists (select from project_guests g where g.user_id = person)
  union all
  select 'keys' where exists (
    select from api_keys k where k.user_id = person and k.revoked_at is null and (k.expires_at is null or k.expires_at > now()))
  union all
  select 'plan' where exists (
    select from memberships m join organizations o on o.id = m.organization_id and o.kind = 'personal'
    where m.user_id = person and (o.tier <> 'free' or o.limits_until > now() or o.granted_tier is not null
      or exists (select from billing_accounts b where b.organization_id = o.id and b.customer_id is not null)
      or exists (select from top_ups t where t.organization_id = o.id)))
  union all
  select 'model' where exists (
    select from memberships m join organizations o on o.id = m.organization_id and o.kind = 'personal'
      join own_models w on w.organization_id = o.id
    where m.user_id = person)
  union all
  select 'identities' where exists (select from identities i where i.user_id = person)
  union all
  select 'company' where exists (select from company_joins c where c.user_id = person)
$$;

-- Makes the account of the caller an identity of the person who asked for it in that session, and the caller nobody. Only of
-- an account that has nothing of its own: what it still has is answered instead. The rest of it goes by the same job as that
-- of whoever deletes an account, except what it signs in by. Everything is locked in the order in which it is deleted.
create function everjust.link_me(
  ticket text, first text, by_session text, my_session text, new_identity_id text, new_receipt_id text, new_job_id text,
  asked_by text, kept_hours integer, company_ways jsonb
) returns table (outcome text, held jsonb, first_email text, second_email text)
language plpgsql security definer set search_path = everjust, pg_temp as $$
#variable_conflict use_column
declare
  me constant text := nullif(current_setting('everjust.user', true), '');
  second users;
  home text;
  owned text[];
begin
  perform from organizations o
    where o.kind = 'personal' and o.id in (select m.organization_id from memberships m where m.user_id in (first, me))
    order by o.id for update;
  perform from users u where u.id in (first, me) order by u.id for update;
  select u.* into second from users u where u.id = me and u.blocked_at is null and u.suspended_at is null;
  if first = me then
    return query select 'same', null::jsonb, null::text, null::text;
    return;
  end if;
  if second.id is null
    or not exists (select from users u where u.id = first and u.blocked_at is null and u.suspended_at is null)
    or not exists (select from sessions s where s.id = by_session and s.user_id = first and s.ended_at is null)
    or not exists (select from link_tickets t
      where t.user_id = first and t.digest = ticket and t.session_id = by_session and t.expires_at > now())
  then
    return query select 'ticket', null::jsonb, null::text, null::text;
    return;
  end if;
  if exists (select from users u
    where u.id in (first, me) and company_ways ? split_part(u.subject, '|', 1))
  then
    return query select 'company', null::jsonb, null::text, null::text;
    return;
  end if;
  owned := array(select holdings_of(me, kept_hours));
  if cardinality(owned) > 0 then
    return query select 'held', to_jsonb(owned), null::text, null::text;
    return;
  end if;
  delete from link_tickets t where t.user_id in (first, me);
  home := (select m.organization_id from memberships m join organizations o on o.id = m.organization_id
    where m.user_id = me and o.kind = 'personal');

  -- Nobody has the name of another session of the first, unless the issuer calls both alike.
  delete from sessions s where s.user_id = me
    and exists (select from sessions x where x.user_id = first and x.name = s.name and x.ended_at is null);
  update sessions s set user_id = first, identity_id = new_identity_id,
      ended_at = case when s.id = my_session then s.ended_at else coalesce(s.ended_at, now()) end
    where s.user_id = me;

  -- Without what it signs in by first, so that its going is nobody's departure.
  update users u set issuer = '', subject = me where u.id = me;
  insert into identities (id, user_id, issuer, subject, email, name)
    values (new_identity_id, first, second.issuer, second.subject, second.email, second.name);
  insert into deletion_receipts (id, organization_id, kind, subject, asked_at, cleared_at, covers)
    values (new_receipt_id, home, 'person', me, now(), null,
      jsonb_build_object('organizations', jsonb_build_array(home), 'person', me));
  insert into jobs (id, kind, payload, key)
    values (new_job_id, 'delete-account', jsonb_build_object('receiptId', new_receipt_id), 'delete-account:' || new_receipt_id);
  perform close_organization(home, kept_hours);
  update users u set deleted_at = now(), blocked_at = coalesce(u.blocked_at, now()), email = null, name = null where u.id = me;

  insert into audit_log (organization_id, actor, action, subject, request_id)
    select m.organization_id, first, 'identity.link', new_identity_id, asked_by
    from memberships m join organizations o on o.id = m.organization_id and o.kind = 'personal' where m.user_id = first;
  return query select 'linked', null::jsonb, u.email, second.email from users u where u.id = first;
end
$$;

-- Takes an identity from the caller, who comes by another one: whoever signs in by it again is somebody new, and its sessions
-- are over. `first` is the one that stands with the person; the oldest of the others takes its place.
create function everjust.unlink(wanted text, my_session text) returns table (outcome text, stays text, gone text)
language plpgsql security definer set search_path = everjust, pg_temp as $$
#variable_conflict use_column
declare
  me constant text := nullif(current_setting('everjust.user', true), '');
  mine users;
  taken identities;
  next_one identities;
begin
  select u.* into mine from users u where u.id = me for update;
  if not exists (select from sessions s where s.id = my_session and s.user_id = me and s.ended_at is null
    and coalesce(s.identity_id, 'first') <> wanted)
  then
    return query select 'current', null::text, null::text;
    return;
  end if;
  if wanted = 'first' then
    select i.* into strict next_one from identities i where i.user_id = me order by i.created_at, i.id limit 1;
    delete from identities i where i.id = next_one.id;
    insert into departures (digest) values (departure_digest(mine.issuer, mine.subject))
      on conflict (digest) do update set at = excluded.at;
    update sessions s set ended_at = now() where s.user_id = me and s.identity_id is null and s.ended_at is null;
    update sessions s set identity_id = null where s.user_id = me and s.identity_id = next_one.id;
    update users u set issuer = next_one.issuer, subject = next_one.subject, email = next_one.email,
      name = coalesce(next_one.name, u.name) where u.id = me;
    return query select 'unlinked', next_one.email, mine.email;
    return;
  end if;
  delete from identities i where i.id = wanted and i.user_id = me returning i.* into taken;
  if taken.id is null then
    return query select 'unknown', null::text, null::text;
    return;
  end if;
  insert into departures (digest) values (departure_digest(taken.issuer, taken.subject))
    on conflict (digest) do update set at = excluded.at;
  update sessions s set ended_at = now() where s.user_id = me and s.identity_id = taken.id and s.ended_at is null;
  return query select 'unlinked', mine.email, taken.email;
end
$$;

revoke all on function everjust.ask_link, everjust.holdings_of, everjust.link_me, everjust.unlink from public;
grant execute on function everjust.ask_link, everjust.link_me, everjust.unlink to everjust_app;
