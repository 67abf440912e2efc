-- Which version of the terms somebody accepted, and when. A new table, so old code goes on unaware. What was accepted is never
-- changed; it goes with the person.
create table everjust.accepted_terms (
  user_id text not null references everjust.users on delete cascade,
  version text not null,
  accepted_at timestamptz not null default now(),
  primary key (user_id, version)
);
alter table everjust.accepted_terms enable row level security;
create policy worker on everjust.accepted_terms to everjust_worker using (true) with check (true);
create policy own on everjust.accepted_terms to everjust_app
  using (user_id = nullif(current_setting('everjust.user', true), ''))
  with check (user_id = nullif(current_setting('everjust.user', true), ''));
revoke update, delete on everjust.accepted_terms from everjust_app;
