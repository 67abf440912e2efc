-- Whoever operates the installation: a role of its own, which sees who is there and what is used, and none of what people
-- wrote (no prompts, answers, files, keys); it changes what is named here alone. While the old code runs nobody becomes it,
-- and nothing is suspended.
do $$
begin
  if not exists (select from pg_roles where rolname = 'everjust_operator') then
    create role everjust_operator nologin nobypassrls;
  end if;
end
$$;
grant usage on schema everjust to everjust_operator;

-- A suspended one is refused everything; the reason is told to whoever is refused.
alter table everjust.users
  add column suspended_at timestamptz,
  add column suspended_reason text
    constraint users_suspended_reason check (suspended_at is null or suspended_reason is not null);
alter table everjust.organizations
  add column suspended_at timestamptz,
  add column suspended_reason text
    constraint organizations_suspended_reason check (suspended_at is null or suspended_reason is not null),
  -- A tier that an operator gave, for as long as the limits that were set hold, and for the same reason.
  add column granted_tier text
    constraint organizations_granted_tier check (granted_tier in ('free', 'pro', 'team', 'enterprise'));

grant select (id, email, name, created_at, blocked_at, suspended_at, suspended_reason) on everjust.users to everjust_operator;
grant update (suspended_at, suspended_reason) on everjust.users to everjust_operator;
grant select on everjust.organizations, everjust.memberships to everjust_operator;
grant update (limits, limits_until, limits_reason, granted_tier, suspended_at, suspended_reason)
  on everjust.organizations to everjust_operator;
grant select (id, organization_id, created_by, name, visibility, created_at, updated_at, deleted_at)
  on everjust.projects to everjust_operator;
grant select (id, project_id, number, generation_id, green, created_at) on everjust.versions to everjust_operator;
grant select (id, project_id, organization_id, requested_by, state, mode, model, failure_code, version_id, attempt, own_key,
  place, cap_micros, spent_micros, returned_micros, created_at, started_at, ended_at)
  on everjust.generations to everjust_operator;
grant select (id, project_id, generation_id, model, state, purpose, spent_micros, charged_micros, created_at)
  on everjust.model_calls to everjust_operator;
grant select (project_id, state, resources, used_at, updated_at) on everjust.sandboxes to everjust_operator;
grant select on everjust.ledger, everjust.quotas to everjust_operator;
grant select (id, kind, project_id, state, run_at, lease_until, tries, problem, key, created_at, ended_at), insert
  on everjust.jobs to everjust_operator;
grant select on everjust.audit_log to everjust_operator;
grant insert (organization_id, actor, action, subject, request_id, detail, outcome)
  on everjust.audit_log to everjust_operator;

do $$
declare
  t text;
begin
  foreach t in array array['users', 'organizations', 'memberships', 'projects', 'versions', 'generations', 'model_calls',
    'sandboxes', 'ledger', 'quotas', 'jobs', 'audit_log']
  loop
    execute format('create policy operator on everjust.%I to everjust_operator using (true) with check (true)', t);
  end loop;
end
$$;
