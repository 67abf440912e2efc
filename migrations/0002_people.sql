create table everjust.users (
  id text primary key,
  issuer text not null,
  subject text not null,
  email text,
  name text,
  blocked_at timestamptz,
  created_at timestamptz not null default now(),
  constraint users_issuer_subject_unique unique (issuer, subject)
);

create table everjust.organizations (
  id text primary key,
  name text not null,
  kind text not null constraint organizations_kind check (kind in ('personal', 'team')),
  tier text not null default 'free' constraint organizations_tier check (tier in ('free', 'pro', 'team', 'enterprise')),
  created_at timestamptz not null default now()
);

create table everjust.memberships (
  organization_id text not null references everjust.organizations on delete cascade,
  user_id text not null references everjust.users on delete cascade,
  role text not null constraint memberships_role check (role in ('viewer', 'editor', 'admin', 'owner')),
  created_at timestamptz not null default now(),
  primary key (user_id, organization_id)
);
create index memberships_organization on everjust.memberships (organization_id);
