create table everjust.projects (
  id text primary key,
  organization_id text not null references everjust.organizations,
  created_by text not null references everjust.users,
  name text not null,
  template text not null,
  visibility text not null constraint projects_visibility check (visibility in ('private', 'public')),
  current_version_id text,
  active_generation_id text,
  -- Set when a person deletes the project: it is hidden at once, and a job removes what is stored elsewhere, then the row.
  deleted_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
-- The order of the project list; the id breaks ties so that a cursor never skips or repeats.
create index projects_list on everjust.projects (organization_id, updated_at desc, id desc) where deleted_at is null;
create index projects_created_by on everjust.projects (created_by);
