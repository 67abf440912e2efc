-- A conversation of thousands of requests is opened at its end and read a page at a time, from any place in it. `number`
-- counts the requests of a project from 1, so that a place in the list is a place in the index; `steps` is counted once,
-- when a run ends, so that its summary needs none of its events. A trigger numbers, so that the old code need not know.
alter table everjust.generations add column number integer, add column steps integer;

update everjust.generations g set number = counted.number
from (select id, row_number() over (partition by project_id order by created_at, id) as number
  from everjust.generations) as counted
where counted.id = g.id;
update everjust.generations g set steps = counted.steps
from (select run_id, max((data -> 'progress' ->> 'step')::int) as steps
  from everjust.events where run_id is not null group by run_id) as counted
where counted.run_id = g.id and g.ended_at is not null;

create function everjust.number_generation() returns trigger language plpgsql as $$
begin
  new.number := coalesce((select max(g.number) from everjust.generations g where g.project_id = new.project_id), 0) + 1;
  return new;
end
$$;
create trigger number_generation before insert on everjust.generations
  for each row execute function everjust.number_generation();

alter table everjust.generations alter column number set not null;
create unique index generations_number on everjust.generations (project_id, number);

-- Where in the log a request began: its steps are read from there, when somebody wants to see them.
create index events_start on everjust.events (project_id, (data ->> 'generationId'))
  where type = 'project:generation:start';
