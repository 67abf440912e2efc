-- Files that no run may change: people lock them, runs are told of them. A new table, so old code goes on unaware of it.
create table everjust.file_locks (
  project_id text not null references everjust.projects on delete cascade,
  path text not null constraint file_locks_path check (length(path) between 1 and 400),
  locked_by text references everjust.users on delete set null,
  created_at timestamptz not null default now(),
  primary key (project_id, path)
);
create index file_locks_locked_by on everjust.file_locks (locked_by);

alter table everjust.file_locks enable row level security;
create policy worker on everjust.file_locks to everjust_worker using (true) with check (true);
-- Whoever sees a project sees what is locked in it, its run too; only members lock and unlock.
create policy seen on everjust.file_locks for select to everjust_app
  using (exists (select from everjust.projects p where p.id = project_id));
create policy added on everjust.file_locks for insert to everjust_app
  with check (exists (select from everjust.projects p
    where p.id = project_id and p.organization_id in (select everjust.my_organizations())));
create policy removed on everjust.file_locks for delete to everjust_app
  using (exists (select from everjust.projects p
    where p.id = project_id and p.organization_id in (select everjust.my_organizations())));
