-- Who did what to what. Rows are only ever added; contents are referred to, never copied here.
create table everjust.audit_log (
  id bigint generated always as identity primary key,
  organization_id text not null,
  at timestamptz not null default now(),
  actor text not null,
  action text not null,
  subject text not null,
  request_id text,
  detail jsonb not null default '{}'
);
create index audit_log_organization on everjust.audit_log (organization_id, id desc);
revoke update, delete on everjust.audit_log from everjust_app, everjust_worker;
