-- What is switched on for how many of a hundred organizations, and for which it is set otherwise. Whoever is a member reads
-- what is set for the organization; an operator writes. New tables, so old code goes on unaware.
create table everjust.flags (
  name text primary key,
  percent integer not null constraint flags_percent check (percent between 0 and 100)
);
create table everjust.flag_organizations (
  name text not null,
  organization_id text not null references everjust.organizations on delete cascade,
  enabled boolean not null,
  primary key (name, organization_id)
);
create index flag_organizations_organization on everjust.flag_organizations (organization_id);

alter table everjust.flags enable row level security;
alter table everjust.flag_organizations enable row level security;
revoke all on everjust.flags, everjust.flag_organizations from everjust_app;
grant select on everjust.flags, everjust.flag_organizations to everjust_app;
grant select, insert on everjust.flags, everjust.flag_organizations to everjust_operator;
grant update (percent) on everjust.flags to everjust_operator;
grant update (enabled), delete on everjust.flag_organizations to everjust_operator;
create policy everybody on everjust.flags for select to everjust_app using (true);
create policy members on everjust.flag_organizations for select to everjust_app
  using (organization_id in (select everjust.my_organizations()));
create policy operator on everjust.flags to everjust_operator using (true) with check (true);
create policy operator on everjust.flag_organizations to everjust_operator using (true) with check (true);
create policy worker on everjust.flags to everjust_worker using (true) with check (true);
create policy worker on everjust.flag_organizations to everjust_worker using (true) with check (true);
