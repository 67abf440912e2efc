-- The audit log says with what outcome and from where, and each organization's entries form a chain: a number without gaps
-- and a digest over the entry and the digest before it. Entries are chained when their transaction commits, so the head of a
-- chain is held for that moment alone, after every other lock, and never waits for another organization. The old code names
-- neither outcome nor place; what it adds is chained like the rest.
alter table everjust.audit_log
  add column outcome text not null default 'done' constraint audit_log_outcome check (outcome in ('done', 'denied')),
  -- The shortened address of the caller, as the transaction states it; null for what nobody called for.
  add column origin text default nullif(current_setting('everjust.origin', true), ''),
  add column n bigint,
  add column digest text;
create unique index audit_log_chain on everjust.audit_log (organization_id, n desc);
create index audit_log_unchained on everjust.audit_log (organization_id) where n is null;

-- Number, digest and time are not the writer's to say.
revoke insert on everjust.audit_log from everjust_app, everjust_worker;
grant insert (organization_id, actor, action, subject, request_id, detail, outcome)
  on everjust.audit_log to everjust_app, everjust_worker;

-- Where each chain ends, and where it begins once its oldest entries have been forgotten.
create table everjust.audit_heads (
  organization_id text primary key,
  n bigint not null default 0,
  digest text not null default '',
  forgotten_n bigint not null default 0,
  forgotten_digest text not null default ''
);
revoke insert, update, delete on everjust.audit_heads from everjust_app, everjust_worker;
alter table everjust.audit_heads enable row level security;
create policy worker on everjust.audit_heads to everjust_worker using (true) with check (true);
create policy members on everjust.audit_heads for select to everjust_app
  using (organization_id in (select everjust.my_organizations()));

-- What an entry's digest is taken over, beside the digest before it; the same whatever the time zone of who asks.
create function everjust.audit_words(e everjust.audit_log) returns text
language sql stable set search_path = everjust, pg_temp as $$
  select jsonb_build_array(e.organization_id, e.n, e.id, (extract(epoch from e.at) * 1000000)::bigint, e.actor, e.action,
    e.subject, e.outcome, e.origin, e.request_id, e.detail)::text
$$;

-- Chains what this transaction added: of others nothing is seen before it is chained. Heads are taken in the order of their
-- names, so that two transactions that write to several organizations never wait for each other.
create function everjust.chain_audit_entries() returns void
language plpgsql security definer set search_path = everjust, pg_temp as $$
declare
  entry audit_log;
  head audit_heads;
begin
  insert into audit_heads (organization_id)
    select distinct organization_id from audit_log where n is null order by organization_id
    on conflict do nothing;
  perform from audit_heads
    where organization_id in (select organization_id from audit_log where n is null)
    order by organization_id for update;
  for entry in select * from audit_log where n is null order by organization_id, id loop
    select * into head from audit_heads where organization_id = entry.organization_id;
    entry.n := head.n + 1;
    entry.digest := encode(sha256(convert_to(head.digest || audit_words(entry), 'UTF8')), 'hex');
    update audit_log set n = entry.n, digest = entry.digest where id = entry.id;
    update audit_heads set n = entry.n, digest = entry.digest where organization_id = entry.organization_id;
  end loop;
end
$$;

create function everjust.chain_audit() returns trigger
language plpgsql security definer set search_path = everjust, pg_temp as $$
begin
  if exists (select from audit_log where id = new.id and n is null) then
    perform chain_audit_entries();
  end if;
  return null;
end
$$;
select everjust.chain_audit_entries();
create constraint trigger chain_audit after insert on everjust.audit_log
  deferrable initially deferred for each row execute function everjust.chain_audit();

-- Forgets the oldest entries of a chain, as many as asked for at most, and keeps where it goes on from. Nothing younger than
-- a month goes, whoever asks.
create function everjust.forget_audit(of_organization text, older_than_days integer, at_most integer) returns integer
language plpgsql security definer set search_path = everjust, pg_temp as $$
declare
  head audit_heads;
  last audit_log;
  gone integer;
begin
  select * into head from audit_heads where organization_id = of_organization for update;
  -- All that is older than the first that must stay: times of entries need not rise with their numbers.
  select * into last from audit_log
    where organization_id = of_organization and n <= head.forgotten_n + at_most
      and n < coalesce((select min(n) from audit_log where organization_id = of_organization
        and at >= now() - make_interval(days => greatest(older_than_days, 30))), head.n + 1)
    order by n desc limit 1;
  if last.n is null then
    return 0;
  end if;
  delete from audit_log where organization_id = of_organization and n <= last.n;
  get diagnostics gone = row_count;
  update audit_heads set forgotten_n = last.n, forgotten_digest = last.digest where organization_id = of_organization;
  return gone;
end
$$;
create index audit_log_age on everjust.audit_log (at);

-- Those who are named in an organization's log, to its members; who is gone has no name any more.
create function everjust.actors_of(of_organization text, ids text[]) returns table (id text, name text)
language sql stable security definer set search_path = everjust, pg_temp as $$
  select u.id, coalesce(u.name, split_part(u.email, '@', 1), '') from users u
  where u.id = any(ids) and of_organization in (select my_organizations())
    and exists (select from audit_log a where a.organization_id = of_organization and a.actor = u.id)
$$;
create index audit_log_actor on everjust.audit_log (organization_id, actor, n desc);

revoke all on function everjust.audit_words, everjust.chain_audit_entries, everjust.chain_audit, everjust.forget_audit,
  everjust.actors_of from public;
grant execute on function everjust.audit_words, everjust.actors_of to everjust_app, everjust_worker;
grant execute on function everjust.forget_audit to everjust_worker;
