-- What an unsafe request with an Idempotency-Key was answered, kept for a day and given again to its repeats.
create table everjust.idempotency_keys (
  user_id text not null references everjust.users on delete cascade,
  key text not null,
  request_sha256 text not null,
  status integer,
  body jsonb,
  created_at timestamptz not null default now(),
  primary key (user_id, key)
);
create index idempotency_keys_age on everjust.idempotency_keys (created_at);

-- Rate limits while Redis does not answer: one row for each subject, action class and minute.
create table everjust.rate_windows (
  subject text not null,
  window_start timestamptz not null,
  taken integer not null,
  primary key (subject, window_start)
);

create table everjust.api_keys (
  id text primary key,
  user_id text not null references everjust.users on delete cascade,
  name text not null,
  secret_sha256 text not null constraint api_keys_secret_unique unique,
  scopes text[] not null,
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz,
  created_at timestamptz not null default now()
);
create index api_keys_user on everjust.api_keys (user_id);
