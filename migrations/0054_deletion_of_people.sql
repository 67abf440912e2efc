-- Organizations and people can be deleted: whoever asks is out with the same statement, a job removes the rest and looks
-- again. What others' rows still point at stays as an id that leads to nobody. The old code knows neither column; it finds
-- no membership, and nobody who is admitted.
alter table everjust.organizations add column deleted_at timestamptz;
alter table everjust.users add column deleted_at timestamptz;
grant select (deleted_at) on everjust.users to everjust_operator;

-- A receipt begins when a deletion is asked for; its id is the secret by which it is read by whoever is gone.
alter table everjust.deletion_receipts alter column cleared_at drop not null;
-- Which organizations and which person go along: {"organizations": […], "person": …}. Null for a project.
alter table everjust.deletion_receipts add column covers jsonb;
create index deletion_receipts_unsigned on everjust.deletion_receipts (asked_at) where signed is null;

-- From now on nobody is a member, and its projects cannot be brought back.
create function everjust.close_organization(of_organization text, kept_hours integer) returns void
language sql volatile security definer set search_path = everjust, pg_temp as $$
  update organizations set deleted_at = now() where id = of_organization;
  update projects set deleted_at = now() - make_interval(hours => kept_hours)
    where organization_id = of_organization
      and (deleted_at is null or deleted_at > now() - make_interval(hours => kept_hours));
  delete from invitations where organization_id = of_organization;
  delete from memberships where organization_id = of_organization;
$$;

-- Deletes an organization of several people: its owners alone may.
create function everjust.delete_organization(
  of_organization text, new_receipt_id text, new_job_id text, kept_hours integer
) returns text
language plpgsql security definer set search_path = everjust, pg_temp as $$
begin
  perform from organizations o where o.id = of_organization and o.kind = 'team' for update;
  if not found then
    return 'personal';
  end if;
  if my_role(of_organization) is distinct from 'owner' then
    return 'unknown';
  end if;
  insert into deletion_receipts (id, organization_id, kind, subject, asked_at, cleared_at, covers)
    values (new_receipt_id, of_organization, 'organization', of_organization, now(), null,
      jsonb_build_object('organizations', jsonb_build_array(of_organization), 'person', null));
  insert into jobs (id, kind, payload, key)
    values (new_job_id, 'delete-account', jsonb_build_object('receiptId', new_receipt_id), 'delete-account:' || new_receipt_id);
  perform close_organization(of_organization, kept_hours);
  return 'asked';
end
$$;

-- Deletes the caller, with all organizations that nobody else belongs to. One that others belong to and nobody else owns
-- must be handed over first: its name is answered instead.
create function everjust.delete_me(new_receipt_id text, new_job_id text, kept_hours integer)
returns table (outcome text, organization text)
language plpgsql security definer set search_path = everjust, pg_temp as $$
declare
  me constant text := nullif(current_setting('everjust.user', true), '');
  own text[];
  held text;
begin
  perform from organizations o where o.id in (select my_organizations()) order by o.id for update;
  held := (select o.name from memberships m join organizations o on o.id = m.organization_id
    where m.user_id = me and m.role = 'owner'
      and not exists (select from memberships x where x.organization_id = o.id and x.user_id <> me and x.role = 'owner')
      and exists (select from memberships x where x.organization_id = o.id and x.user_id <> me)
    order by o.name limit 1);
  if held is not null then
    return query select 'owner', held;
    return;
  end if;
  own := array(select m.organization_id from memberships m
    where m.user_id = me
      and not exists (select from memberships x where x.organization_id = m.organization_id and x.user_id <> me)
    order by m.organization_id);
  insert into deletion_receipts (id, organization_id, kind, subject, asked_at, cleared_at, covers)
    select new_receipt_id, o.id, 'person', me, now(), null,
      jsonb_build_object('organizations', to_jsonb(own), 'person', me)
    from organizations o where o.id = any(own) and o.kind = 'personal';
  insert into jobs (id, kind, payload, key)
    values (new_job_id, 'delete-account', jsonb_build_object('receiptId', new_receipt_id), 'delete-account:' || new_receipt_id);
  perform close_organization(each, kept_hours) from unnest(own) as each;
  delete from memberships where user_id = me;
  update users set deleted_at = now(), blocked_at = coalesce(blocked_at, now()) where id = me;
  return query select 'asked', null::text;
end
$$;

-- A receipt, to whoever knows its id.
create function everjust.open_receipt(wanted text) returns setof everjust.deletion_receipts
language sql stable security definer set search_path = everjust, pg_temp as $$
  select * from deletion_receipts where id = wanted and kind in ('organization', 'person')
$$;

revoke all on function everjust.close_organization, everjust.delete_organization, everjust.delete_me, everjust.open_receipt
  from public;
grant execute on function everjust.delete_organization, everjust.delete_me, everjust.open_receipt to everjust_app;
