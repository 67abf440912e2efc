-- What a conversation came to, up to and with one request: told instead of all before it when it is too long to be told whole.
-- The newest that the conversation has not gone back before is the one that counts. Safe beside old code.
create table everjust.conversation_memories (
  project_id text not null references everjust.projects on delete cascade,
  up_to text not null references everjust.generations on delete cascade,
  text text not null,
  created_at timestamptz not null default now(),
  primary key (project_id, up_to)
);
create index conversation_memories_up_to on everjust.conversation_memories (up_to);

do $$
declare
  t constant text := 'conversation_memories';
  own constant text := 'exists (select from everjust.projects p where p.id = %I.project_id
    and (p.organization_id in (select everjust.my_organizations())
      or p.id = (select nullif(current_setting(''everjust.project'', true), ''''))))';
begin
  execute format('alter table everjust.%I enable row level security', t);
  execute format('create policy worker on everjust.%I to everjust_worker using (true) with check (true)', t);
  -- It holds what was said, so it is as visible as the project; only runs write it.
  execute format('create policy seen on everjust.%1$I for select to everjust_app
    using (exists (select from everjust.projects p where p.id = %1$I.project_id))', t);
  execute format('create policy added on everjust.%1$I for insert to everjust_app with check (%2$s)', t, format(own, t));
  execute format('create policy changed on everjust.%1$I for update to everjust_app using (%2$s)', t, format(own, t));
end
$$;
