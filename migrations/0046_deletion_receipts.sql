-- What was deleted, and that looking again found nothing: begun in the transaction that removes the last rows, so that who
-- is cut off after it goes on by looking. The old code begins none.
create table everjust.deletion_receipts (
  id text primary key,
  organization_id text not null,
  kind text not null constraint deletion_receipts_kind check (kind in ('project', 'organization', 'person')),
  subject text not null constraint deletion_receipts_subject_unique unique,
  asked_at timestamptz not null,
  cleared_at timestamptz not null default now(),
  -- What was found when it was looked at again, by store: {"versions": 0, …}. All are zero.
  counts jsonb,
  -- The receipt as a signed token; null until it was looked at.
  signed text,
  signed_at timestamptz,
  constraint deletion_receipts_whole check ((signed is null) = (counts is null) and (signed is null) = (signed_at is null))
);
create index deletion_receipts_organization on everjust.deletion_receipts (organization_id, cleared_at desc);
revoke insert, update, delete on everjust.deletion_receipts from everjust_app;
revoke delete on everjust.deletion_receipts from everjust_worker;
alter table everjust.deletion_receipts enable row level security;
create policy worker on everjust.deletion_receipts to everjust_worker using (true) with check (true);
create policy members on everjust.deletion_receipts for select to everjust_app
  using (organization_id in (select everjust.my_organizations()));
