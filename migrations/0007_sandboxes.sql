create table everjust.sandboxes (
  project_id text primary key references everjust.projects on delete cascade,
  provider_id text,
  state text not null constraint sandboxes_state
    check (state in ('absent', 'starting', 'started', 'stopping', 'stopped', 'failed')),
  problem text,
  -- What the provider gave it: {cpu, memoryGiB, diskGiB}.
  resources jsonb,
  version_id text references everjust.versions on delete set null,
  preview_url text,
  live_url text,
  urls_expire_at timestamptz,
  used_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index sandboxes_idle on everjust.sandboxes (used_at) where state = 'started';
