-- What a stopped run made becomes a version; until then, and at most until this moment, the next run of the project waits,
-- so that it builds on that version. Null for all that old code writes: nothing waits.
alter table everjust.generations add column keep_until timestamptz;
create index generations_keeping on everjust.generations (project_id) where keep_until is not null;
