-- What a stopped run made and its project has no room for: how many bytes it lacks a place for, until it becomes a version.
-- A new column that is null for all that is there; the old code keeps such remains whatever their size, as before.
alter table everjust.generations add column set_aside_bytes bigint,
  add constraint generations_set_aside check (set_aside_bytes > 0) not valid;
create index generations_set_aside_in on everjust.generations (project_id) where set_aside_bytes is not null;
