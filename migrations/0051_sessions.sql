-- Where a person is signed in: each sign-in of the issuer, by the name its tokens give it. Whoever ends one is rid of every
-- token of it with the next request; only proving anew who one is begins another. While the old code runs none is known,
-- and nothing is refused.
create table everjust.sessions (
  id text primary key,
  user_id text not null references everjust.users on delete cascade,
  name text not null,
  proved_at timestamptz not null,
  two_factors boolean not null,
  -- Browser and system, and where the call came from, as the audit log keeps it.
  agent text,
  origin text,
  created_at timestamptz not null default now(),
  -- When a token of it was first seen last: a token holds for an hour.
  seen_at timestamptz not null default now(),
  ended_at timestamptz
);
create unique index sessions_live on everjust.sessions (user_id, name) where ended_at is null;
create index sessions_ended on everjust.sessions (user_id, name, ended_at) where ended_at is not null;
create index sessions_seen on everjust.sessions (seen_at);

alter table everjust.sessions enable row level security;
create policy worker on everjust.sessions to everjust_worker using (true) with check (true);
create policy own on everjust.sessions to everjust_app
  using (user_id = (select nullif(current_setting('everjust.user', true), '')))
  with check (user_id = (select nullif(current_setting('everjust.user', true), '')));
revoke insert, update, delete on everjust.sessions from everjust_app;
grant update (ended_at) on everjust.sessions to everjust_app;

-- Who comes with a token that was not seen before, and by which session; no row for who is refused. `signed_in` says the
-- issuer's `name` of the session (null where it tells none), the `id` a new one gets, `provedAt` in milliseconds,
-- `twoFactors`, `agent` and `origin`.
create function everjust.enter(
  new_user_id text, new_organization_id text, who_issuer text, who_subject text, who_email text, who_name text, signed_in jsonb
) returns table (user_id text, session_id text)
language plpgsql security definer set search_path = everjust, pg_temp as $$
#variable_conflict use_column
declare
  person text := sign_in(new_user_id, new_organization_id, who_issuer, who_subject, who_email, who_name);
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
    insert into sessions as s (id, user_id, name, proved_at, two_factors, agent, origin)
      values (signed_in->>'id', person, called, proved, (signed_in->>'twoFactors')::boolean, signed_in->>'agent',
        signed_in->>'origin')
      on conflict (user_id, name) where ended_at is null do update
        set seen_at = now(), proved_at = greatest(s.proved_at, excluded.proved_at),
          two_factors = case when excluded.proved_at >= s.proved_at then excluded.two_factors else s.two_factors end,
          agent = coalesce(excluded.agent, s.agent), origin = coalesce(excluded.origin, s.origin)
      returning s.id into found_session;
  end if;
  return query select person, found_session;
end
$$;
revoke all on function everjust.enter from public;
grant execute on function everjust.enter to everjust_app;

-- As `admit(person)`, and whoever comes by a session that has been ended is refused as well. Without one it is empty.
create function everjust.admit_by(person text, in_session text) returns text
language plpgsql stable security definer set search_path = everjust, pg_temp as $$
begin
  if in_session <> '' and not exists (
    select from sessions s where s.id = in_session and s.user_id = person and s.ended_at is null)
  then
    raise exception 'the session was ended' using errcode = 'EJ401';
  end if;
  return admit(person);
end
$$;
revoke all on function everjust.admit_by from public;
grant execute on function everjust.admit_by to everjust_app;
