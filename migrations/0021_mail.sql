-- When a runner of this run was first heard: one that never was may not be able to reach out.
alter table everjust.generations add column heard_at timestamptz;
-- The sandbox cannot reach the API: its mail is fetched.
alter table everjust.sandboxes add column by_mail boolean not null default false;
