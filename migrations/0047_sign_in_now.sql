-- Whoever was blocked or is gone is refused by the very statement that says for whom a transaction works: a token that still
-- holds, and that a warm function remembers, opens nothing from the next request on, at no round trip more. Until it runs,
-- the old code reads nothing for them either, and answers as if nothing were there.
create function everjust.admit(person text) returns text
language plpgsql stable security definer set search_path = everjust, pg_temp as $$
begin
  if not exists (select from users where id = person and blocked_at is null) then
    raise exception 'not admitted' using errcode = 'EJ401';
  end if;
  return person;
end
$$;
revoke all on function everjust.admit from public;
grant execute on function everjust.admit to everjust_app;

-- The person is known by issuer and subject alone, so whoever takes over another's address is not taken for the other. What
-- the issuer says of the address and the name follows with the next sign-in. Nobody who was blocked is signed in.
create or replace function everjust.sign_in(
  new_user_id text, new_organization_id text, who_issuer text, who_subject text, who_email text, who_name text
) returns text
language plpgsql security definer set search_path = everjust, pg_temp as $$
declare
  found_user users;
begin
  select * into found_user from users where issuer = who_issuer and subject = who_subject;
  if found_user.id is null then
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
