-- What an organization asks of the sign-ins of its people, and which organization of the issuer is its own: whoever comes by
-- that one's sign-in belongs to it, and to no other. While the old code runs nothing is asked.
create table everjust.sign_in_rules (
  organization_id text primary key references everjust.organizations on delete cascade,
  second_factor boolean not null default false,
  issuer_organization text constraint sign_in_rules_issuer_organization_unique unique,
  company_only boolean not null default false,
  updated_at timestamptz not null default now()
);

-- Who came in by the company's sign-in: once. Whoever was removed afterwards stays out until invited.
create table everjust.company_joins (
  organization_id text not null references everjust.organizations on delete cascade,
  user_id text not null references everjust.users on delete cascade,
  created_at timestamptz not null default now(),
  primary key (organization_id, user_id)
);
create index company_joins_user on everjust.company_joins (user_id);

do $$
declare
  t text;
begin
  foreach t in array array['sign_in_rules', 'company_joins']
  loop
    execute format('alter table everjust.%I enable row level security', t);
    execute format('create policy worker on everjust.%I to everjust_worker using (true) with check (true)', t);
  end loop;
end
$$;
create policy members on everjust.sign_in_rules for select to everjust_app
  using (organization_id in (select everjust.my_organizations()));
create policy owners on everjust.sign_in_rules to everjust_app
  using (everjust.my_role(organization_id) = 'owner') with check (everjust.my_role(organization_id) = 'owner');

-- As before, and `signed_in` may say by which organization of the issuer they signed in (`company`), and in which tiers a
-- member takes a seat that must be paid for (`seated`): whoever comes by their company for the first time is its editor.
create or replace function everjust.enter(
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
  if signed_in->>'company' is not null then
    perform join_company(person, signed_in->>'company', signed_in->'seated');
  end if;
  return query select person, found_session;
end
$$;

create function everjust.join_company(person text, company text, seated jsonb) returns void
language plpgsql security definer set search_path = everjust, pg_temp as $$
declare
  joined organizations;
begin
  select o.* into joined from sign_in_rules r join organizations o on o.id = r.organization_id
    where r.issuer_organization = company;
  if joined.id is null
    or exists (select from company_joins j where j.organization_id = joined.id and j.user_id = person)
  then
    return;
  end if;
  perform from organizations o where o.id = joined.id for update;
  if seated ? coalesce(
      case when joined.limits_until is null or joined.limits_until > now() then joined.granted_tier end, joined.tier)
    and joined.seats <= (select count(*) from memberships m where m.organization_id = joined.id)
  then
    return;
  end if;
  insert into company_joins (organization_id, user_id) values (joined.id, person) on conflict do nothing;
  if found then
    insert into memberships (organization_id, user_id, role) values (joined.id, person, 'editor') on conflict do nothing;
  end if;
end
$$;
revoke all on function everjust.join_company from public;
