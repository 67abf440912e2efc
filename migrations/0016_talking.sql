-- Messages that wait until the run before them has ended. Safe beside old code: it neither reads nor writes any of this.
create table everjust.queued_messages (
  id text primary key,
  project_id text not null references everjust.projects on delete cascade,
  written_by text not null references everjust.users,
  prompt text not null,
  -- The rest of what was asked for, as `generate` takes it: {mode, model, atMostMicros, mayFallBack, attachments}.
  wish jsonb not null,
  -- The order in which they start; only ever compared within a project.
  place bigint not null,
  created_at timestamptz not null default now()
);
create index queued_messages_order on everjust.queued_messages (project_id, place);
create index queued_messages_written_by on everjust.queued_messages (written_by);

-- Why waiting messages do not start by themselves, as a person reads it; null lets them.
alter table everjust.projects add column queue_paused text;
grant update (queue_paused) on everjust.projects to everjust_app;

-- Images that were put into storage to be attached; what an unchecked one holds, nobody knows yet.
create table everjust.images (
  id text primary key,
  project_id text not null references everjust.projects on delete cascade,
  uploaded_by text not null references everjust.users,
  media_type text not null
    constraint images_media_type check (media_type in ('image/png', 'image/jpeg', 'image/webp')),
  size bigint not null,
  sha256 text not null,
  checked_at timestamptz,
  created_at timestamptz not null default now()
);
create index images_project on everjust.images (project_id, created_at);
create index images_uploaded_by on everjust.images (uploaded_by);

-- What a conversation is told from: the requests that it has not gone back before.
create index generations_told on everjust.generations (project_id, created_at desc, id desc)
  where superseded_at is null;

do $$
declare
  t text;
  own constant text := 'exists (select from everjust.projects p where p.id = %I.project_id
    and (p.organization_id in (select everjust.my_organizations())
      or p.id = (select nullif(current_setting(''everjust.project'', true), ''''))))';
begin
  foreach t in array array['queued_messages', 'images']
  loop
    execute format('alter table everjust.%I enable row level security', t);
    execute format('create policy worker on everjust.%I to everjust_worker using (true) with check (true)', t);
    execute format('create policy seen on everjust.%1$I for select to everjust_app
      using (exists (select from everjust.projects p where p.id = %1$I.project_id))', t);
    execute format('create policy added on everjust.%1$I for insert to everjust_app with check (%2$s)', t, format(own, t));
    execute format('create policy changed on everjust.%1$I for update to everjust_app using (%2$s)', t, format(own, t));
    execute format('create policy removed on everjust.%1$I for delete to everjust_app using (%2$s)', t, format(own, t));
  end loop;
end
$$;
