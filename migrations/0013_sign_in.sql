-- A person's first call makes the user, a personal organization and its ownership. Runs with the owner's rights, because
-- before it there is no principal; two first calls at once make one person.
create function everjust.sign_in(
  new_user_id text, new_organization_id text, who_issuer text, who_subject text, who_email text, who_name text
) returns text
language plpgsql security definer set search_path = everjust, pg_temp as $$
declare
  found_id text;
begin
  select id into found_id from users where issuer = who_issuer and subject = who_subject;
  if found_id is not null then
    return found_id;
  end if;
  insert into users (id, issuer, subject, email, name)
    values (new_user_id, who_issuer, who_subject, who_email, who_name)
    on conflict on constraint users_issuer_subject_unique do nothing
    returning id into found_id;
  if found_id is null then
    select id into found_id from users where issuer = who_issuer and subject = who_subject;
    return found_id;
  end if;
  insert into organizations (id, name, kind) values (new_organization_id, coalesce(who_name, 'Personal'), 'personal');
  insert into memberships (organization_id, user_id, role) values (new_organization_id, found_id, 'owner');
  return found_id;
end
$$;

create function everjust.find_api_key(digest text) returns table (user_id text, scopes text[])
language sql stable security definer set search_path = everjust, pg_temp as $$
  select k.user_id, k.scopes
  from api_keys k
  where k.secret_sha256 = digest and k.revoked_at is null and (k.expires_at is null or k.expires_at > now())
$$;

-- The organizations of the transaction's principal; with the owner's rights, so that policies need not recurse.
create function everjust.my_organizations() returns setof text
language sql stable security definer set search_path = everjust, pg_temp as $$
  select m.organization_id from memberships m
  where m.user_id = nullif(current_setting('everjust.user', true), '')
$$;

revoke all on function everjust.sign_in, everjust.find_api_key, everjust.my_organizations from public;
grant execute on function everjust.my_organizations to everjust_app, everjust_worker;
grant execute on function everjust.sign_in, everjust.find_api_key to everjust_app;
