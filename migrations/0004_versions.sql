create table everjust.versions (
  id text primary key,
  project_id text not null references everjust.projects on delete cascade,
  number integer not null,
  source text not null constraint versions_source check (source in ('generation', 'edit', 'restore', 'import')),
  message text not null,
  parent_id text references everjust.versions on delete set null,
  restored_from text references everjust.versions on delete set null,
  generation_id text,
  -- The manifest itself is an object; this is the digest of its bytes.
  manifest_sha256 text not null,
  file_count integer not null,
  total_bytes bigint not null,
  created_by text references everjust.users,
  created_at timestamptz not null default now(),
  constraint versions_number_unique unique (project_id, number)
);
create index versions_generation on everjust.versions (generation_id);

-- Which blobs a project has stored and verified; content-addressed, so a row never changes.
create table everjust.blobs (
  project_id text not null references everjust.projects on delete cascade,
  sha256 text not null,
  size bigint not null,
  created_at timestamptz not null default now(),
  primary key (project_id, sha256)
);
