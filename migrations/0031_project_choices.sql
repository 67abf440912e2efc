-- What a project allows itself: the model that is used when nobody chooses, and caps beside those of its organization and of
-- the person who asks. Old code leaves what is new empty; its entries of the ledger name no project and count to none.
alter table everjust.projects add column default_model text;
grant update (default_model) on everjust.projects to everjust_app;

alter table everjust.caps drop constraint caps_owner_kind;
alter table everjust.caps add constraint caps_owner_kind check (owner_kind in ('person', 'organization', 'project'));

alter table everjust.ledger add column project_id text references everjust.projects on delete set null;
create index ledger_project on everjust.ledger (project_id);

-- What a project used and set aside in a month: the sums of its ledger rows.
create table everjust.project_spending (
  project_id text not null references everjust.projects on delete cascade,
  period date not null,
  used bigint not null default 0,
  reserved bigint not null default 0,
  primary key (project_id, period),
  constraint project_spending_positive check (used >= 0 and reserved >= 0)
);

-- What was settled before counts; what is under way may be ended by old code, and is left out.
update everjust.ledger l set project_id = g.project_id
from everjust.generations g where g.id = l.generation_id and l.state <> 'reserved';
update everjust.ledger l set project_id = i.project_id
from everjust.improvements i where i.ledger_id = l.id and l.state <> 'reserved';
insert into everjust.project_spending (project_id, period, used)
select project_id, period, sum(settled) from everjust.ledger
where project_id is not null and metric = 'micros' group by project_id, period;

alter table everjust.project_spending enable row level security;
create policy worker on everjust.project_spending to everjust_worker using (true) with check (true);
create policy own on everjust.project_spending to everjust_app
  using (exists (select from everjust.projects p where p.id = project_id
    and (p.organization_id in (select everjust.my_organizations())
      or p.id = nullif(current_setting('everjust.project', true), ''))))
  with check (exists (select from everjust.projects p where p.id = project_id
    and (p.organization_id in (select everjust.my_organizations())
      or p.id = nullif(current_setting('everjust.project', true), ''))));

create policy of_project on everjust.caps to everjust_app
  using (owner_kind = 'project' and exists (select from everjust.projects p
    where p.id = owner_id and p.organization_id in (select everjust.my_organizations())))
  with check (owner_kind = 'project' and exists (select from everjust.projects p
    where p.id = owner_id and p.organization_id in (select everjust.my_organizations())));
