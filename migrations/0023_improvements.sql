-- A prompt that was put into better words by a small model: what was asked, what came of it, and its entry in the ledger.
create table everjust.improvements (
  id text primary key,
  project_id text not null references everjust.projects on delete cascade,
  organization_id text not null references everjust.organizations,
  user_id text not null references everjust.users,
  ledger_id text not null references everjust.ledger,
  prompt text not null,
  model text not null,
  own_key boolean not null,
  state text not null default 'asked' constraint improvements_state check (state in ('asked', 'done', 'failed')),
  answer text,
  failure_code text,
  spent_micros bigint not null default 0,
  created_at timestamptz not null default now(),
  ended_at timestamptz
);
create index improvements_project on everjust.improvements (project_id);
create index improvements_organization on everjust.improvements (organization_id);
create index improvements_user_id on everjust.improvements (user_id);
create index improvements_ledger on everjust.improvements (ledger_id);

alter table everjust.improvements enable row level security;
create policy worker on everjust.improvements to everjust_worker using (true) with check (true);
-- Words that are not sent yet are the affair of the person who wrote them.
create policy own on everjust.improvements to everjust_app
  using (user_id = nullif(current_setting('everjust.user', true), ''))
  with check (
    user_id = nullif(current_setting('everjust.user', true), '')
    and exists (select from everjust.projects p where p.id = project_id
      and p.organization_id in (select everjust.my_organizations()))
  );
