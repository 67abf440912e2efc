-- How many seats an organization pays for, and what an operator set for it instead of its tier's limits: until when, and
-- why. While the old code runs it sees neither, and the tier holds for everybody.
alter table everjust.organizations
  add column seats integer not null default 1 constraint organizations_seats check (seats >= 1),
  add column limits jsonb constraint organizations_limits check (jsonb_typeof(limits) = 'object'),
  add column limits_until timestamptz,
  add column limits_reason text constraint organizations_limits_reason check (limits is null or limits_reason <> '');
