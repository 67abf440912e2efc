-- What is told of requests that were bought: how many a month began on them, and what was given back of them and of
-- invoices. New columns with a constant and an index of few rows; the old code goes on unaware.
create index ledger_credits on everjust.ledger (organization_id, created_at) where metric = 'credits';

alter table everjust.top_ups
  -- What the provider of payments gave back of it so far, and how many requests were taken back for that.
  add column refunded_micros bigint not null default 0,
  add column taken_back integer not null default 0;
alter table everjust.invoices add column returned_micros bigint not null default 0;

-- Days tell of runs, costs and sandboxes alone: what is bought beside them is no day's use, and was an entry of zeros there.
create or replace function everjust.usage_of_ledger(of_organization text) returns setof everjust.usage_days
language sql stable security definer set search_path = everjust, pg_temp as $$
  select l.organization_id, (l.created_at at time zone 'UTC')::date, coalesce(l.project_id, ''), coalesce(l.user_id, ''),
    coalesce(g.model, ''), coalesce(sum(l.settled) filter (where l.metric = 'generations'), 0)::bigint,
    coalesce(sum(l.settled) filter (where l.metric = 'micros'), 0)::bigint,
    coalesce(sum(l.settled) filter (where l.metric = 'micros' and l.simulated), 0)::bigint,
    coalesce(sum(l.settled) filter (where l.metric = 'sandbox_seconds'), 0)::bigint
  from ledger l left join generations g on g.id = l.generation_id
  where l.state = 'settled' and l.settled > 0 and l.metric in ('generations', 'micros', 'sandbox_seconds')
    and (of_organization is null or l.organization_id = of_organization)
  group by 1, 2, 3, 4, 5
$$;
drop trigger counted on everjust.ledger;
create trigger counted after insert or update of state, settled on everjust.ledger
  for each row when (new.metric in ('generations', 'micros', 'sandbox_seconds')) execute function everjust.count_usage();
