-- What an app needs to know and nobody may read: keys and passwords of a project, sealed and bound to project and name.
create table everjust.project_secrets (
  project_id text not null references everjust.projects on delete cascade,
  name text not null constraint project_secrets_name check (name ~ '^[A-Z][A-Z0-9_]{0,63}$'),
  sealed text not null,
  created_by text references everjust.users on delete set null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (project_id, name)
);
create index project_secrets_created_by on everjust.project_secrets (created_by);

alter table everjust.project_secrets enable row level security;
create policy worker on everjust.project_secrets to everjust_worker using (true) with check (true);
-- Members only: neither the readers of a public project nor a run see even the names.
create policy members on everjust.project_secrets to everjust_app
  using (exists (select from everjust.projects p
    where p.id = project_id and p.organization_id in (select everjust.my_organizations())))
  with check (exists (select from everjust.projects p
    where p.id = project_id and p.organization_id in (select everjust.my_organizations())));

-- Even sealed, a value is nothing that a request reads back.
revoke select on everjust.project_secrets from everjust_app;
grant select (project_id, name, created_by, created_at, updated_at) on everjust.project_secrets to everjust_app;

-- The reader of an organization's history asks by what was done to what.
create index audit_log_subject on everjust.audit_log (organization_id, subject, id desc);
