-- A person takes along all that is held about them: a job puts it into archives, which links open for a week. New tables,
-- so the old code goes on unaware.
create table everjust.exports (
  id text primary key,
  user_id text not null references everjust.users on delete cascade,
  created_at timestamptz not null default now(),
  ready_at timestamptz,
  expires_at timestamptz not null default now() + interval '7 days',
  -- The archives that are written: [{"bytes": …}], by their numbers; and where the next one begins.
  parts jsonb not null default '[]',
  place jsonb
);
create unique index exports_under_way on everjust.exports (user_id) where ready_at is null;
create index exports_expired on everjust.exports (expires_at);
create index exports_user on everjust.exports (user_id, created_at desc);
alter table everjust.exports enable row level security;
create policy worker on everjust.exports to everjust_worker using (true) with check (true);
create policy own on everjust.exports for select to everjust_app
  using (user_id = (select nullif(current_setting('everjust.user', true), '')));
revoke insert, update, delete on everjust.exports from everjust_app;

-- Begins one; null while another is under way.
create function everjust.ask_export(new_export_id text, new_job_id text) returns text
language plpgsql security definer set search_path = everjust, pg_temp as $$
begin
  insert into exports (id, user_id) values (new_export_id, nullif(current_setting('everjust.user', true), ''))
    on conflict (user_id) where ready_at is null do nothing;
  if not found then
    return null;
  end if;
  insert into jobs (id, kind, payload) values (new_job_id, 'export-person', jsonb_build_object('exportId', new_export_id));
  return new_job_id;
end
$$;
revoke all on function everjust.ask_export from public;
grant execute on function everjust.ask_export to everjust_app;

-- Whoever has gone is known by a digest for a month, so that a token that still holds does not bring them back: only proving
-- anew who one is begins anew.
create table everjust.departures (
  digest text primary key,
  at timestamptz not null default now()
);
alter table everjust.departures enable row level security;
create policy worker on everjust.departures to everjust_worker using (true) with check (true);
revoke select, insert, update, delete on everjust.departures from everjust_app;

create function everjust.departure_digest(of_issuer text, of_subject text) returns text
language sql immutable set search_path = everjust, pg_temp as $$
  select encode(sha256(convert_to(of_issuer || ' ' || of_subject, 'UTF8')), 'hex')
$$;

create function everjust.note_departure() returns trigger
language plpgsql security definer set search_path = everjust, pg_temp as $$
begin
  insert into departures (digest) values (departure_digest(old.issuer, old.subject))
    on conflict (digest) do update set at = excluded.at;
  return null;
end
$$;
create trigger departed after update of deleted_at on everjust.users for each row
  when (old.deleted_at is null and new.deleted_at is not null) execute function everjust.note_departure();

-- As `enter`, and whoever comes by a sign-in from before they had gone is refused.
create function everjust.enter_unless_gone(
  new_user_id text, new_organization_id text, who_issuer text, who_subject text, who_email text, who_name text, signed_in jsonb
) returns table (user_id text, session_id text)
language plpgsql security definer set search_path = everjust, pg_temp as $$
begin
  if exists (select from departures d where d.digest = departure_digest(who_issuer, who_subject)
    and d.at >= to_timestamp((signed_in->>'provedAt')::double precision / 1000))
  then
    return;
  end if;
  return query select e.user_id, e.session_id
    from enter(new_user_id, new_organization_id, who_issuer, who_subject, who_email, who_name, signed_in) e;
end
$$;
revoke all on function everjust.departure_digest, everjust.note_departure, everjust.enter_unless_gone from public;
grant execute on function everjust.enter_unless_gone to everjust_app;
