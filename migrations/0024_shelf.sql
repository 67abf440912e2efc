-- How people keep their projects: folders, favourites, an icon, an archive, and copies of what others show. Safe beside
-- old code: every column has a default, and nothing that it reads or writes changes its meaning.
create table everjust.folders (
  id text primary key,
  organization_id text not null references everjust.organizations,
  name text not null,
  created_by text not null references everjust.users,
  created_at timestamptz not null default now(),
  constraint folders_organization_id_unique unique (organization_id, id)
);
create unique index folders_name_unique on everjust.folders (organization_id, lower(name));
create index folders_created_by on everjust.folders (created_by);

alter table everjust.projects
  -- {symbol, colour}; null is the one that follows from the name.
  add column icon jsonb,
  add column archived_at timestamptz,
  add column folder_id text,
  add column remixed_from text references everjust.projects on delete set null,
  -- How often somebody else made it their own.
  add column remixes integer not null default 0,
  -- A folder holds projects of its own organization only; without it they stay.
  add constraint projects_folder foreign key (organization_id, folder_id)
    references everjust.folders (organization_id, id) on delete set null (folder_id);
create index projects_folder on everjust.projects (organization_id, folder_id);
create index projects_remixed_from on everjust.projects (remixed_from);
create index projects_created on everjust.projects (organization_id, created_at desc, id desc) where deleted_at is null;
create index projects_deleted on everjust.projects (deleted_at) where deleted_at is not null;
create index projects_public_new on everjust.projects (created_at desc, id desc)
  where visibility = 'public' and deleted_at is null;
create index projects_public_remixed on everjust.projects (remixes desc, id desc)
  where visibility = 'public' and deleted_at is null;
grant update (icon, archived_at, folder_id) on everjust.projects to everjust_app;

create table everjust.favourites (
  user_id text not null references everjust.users on delete cascade,
  project_id text not null references everjust.projects on delete cascade,
  created_at timestamptz not null default now(),
  primary key (user_id, project_id)
);
create index favourites_project on everjust.favourites (project_id);

alter table everjust.folders enable row level security;
create policy worker on everjust.folders to everjust_worker using (true) with check (true);
create policy members on everjust.folders to everjust_app
  using (organization_id in (select everjust.my_organizations()))
  with check (organization_id in (select everjust.my_organizations()));

alter table everjust.favourites enable row level security;
create policy worker on everjust.favourites to everjust_worker using (true) with check (true);
create policy own on everjust.favourites to everjust_app
  using (user_id = nullif(current_setting('everjust.user', true), ''))
  with check (
    user_id = nullif(current_setting('everjust.user', true), '')
    and exists (select from everjust.projects p where p.id = project_id)
  );

-- Words as they are looked for and sorted: without case and accents.
create function everjust.folded(words text) returns text
language sql immutable parallel safe as $$
  select lower(regexp_replace(normalize(words, NFKD), U&'[\0300-\036F]', '', 'g'))
$$;
create index projects_name on everjust.projects (organization_id, everjust.folded(name), id) where deleted_at is null;

-- Whoever makes a public project of others their own is no member there, so it is counted with the owner's rights.
create function everjust.count_remix(source text) returns void
language sql security definer set search_path = everjust, pg_temp as $$
  update projects set remixes = remixes + 1
  where id = source and visibility = 'public' and organization_id not in (select my_organizations())
$$;

revoke all on function everjust.count_remix from public;
grant execute on function everjust.count_remix to everjust_app;
