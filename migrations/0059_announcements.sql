-- What those who run the installation tell everybody, from a moment until another. What holds now is public. A new table,
-- so old code goes on unaware.
create table everjust.announcements (
  id text primary key,
  tone text not null constraint announcements_tone check (tone in ('news', 'warn')),
  -- By language; whoever reads another reads the English.
  words jsonb not null constraint announcements_words check (words ? 'en'),
  starts_at timestamptz not null,
  ends_at timestamptz,
  dismissible boolean not null,
  created_at timestamptz not null default now()
);
create index announcements_end on everjust.announcements (ends_at);
alter table everjust.announcements enable row level security;
revoke all on everjust.announcements from everjust_app;
grant select on everjust.announcements to everjust_app;
grant select, insert on everjust.announcements to everjust_operator;
grant update (ends_at) on everjust.announcements to everjust_operator;
create policy public on everjust.announcements for select to everjust_app
  using (starts_at <= now() and (ends_at is null or ends_at > now()));
create policy operator on everjust.announcements to everjust_operator using (true) with check (true);
create policy worker on everjust.announcements to everjust_worker using (true) with check (true);
