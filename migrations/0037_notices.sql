-- Mails that people are sent: written in the transaction of what they tell of, carried by a job. Nobody who asks sees any
-- of them; a key is told once, however often it is asked for. The old code writes none.
create table everjust.notices (
  id text primary key,
  key text not null constraint notices_key unique,
  recipient text not null,
  kind text not null,
  words jsonb not null,
  created_at timestamptz not null default now(),
  sent_at timestamptz
);
create index notices_age on everjust.notices (created_at);
alter table everjust.notices enable row level security;
create policy worker on everjust.notices to everjust_worker using (true) with check (true);

-- The notice and the job that carries it; null when this key was told before.
create function everjust.send_notice(
  new_notice_id text, new_job_id text, once text, to_whom text, what text, with_words jsonb
) returns text
language sql volatile security definer set search_path = everjust, pg_temp as $$
  with notice as (
    insert into notices (id, key, recipient, kind, words) values (new_notice_id, once, to_whom, what, with_words)
    on conflict (key) do nothing
    returning id)
  insert into jobs (id, kind, payload) select new_job_id, 'send-notice', jsonb_build_object('noticeId', notice.id) from notice
  returning id
$$;
revoke all on function everjust.send_notice from public;
grant execute on function everjust.send_notice to everjust_app, everjust_worker;
