import type { Limit } from '../contract/engine.ts'
import type { Generation, NewGeneration } from '../contract/generation.ts'
import type { GenerationId, OrganizationId, ProjectId, UserId } from '../contract/ids.ts'
import { newId } from '../contract/new-id.ts'
import { isScripted } from '../domain/prices.ts'
import { creditsPeriod, type Reservation } from '../domain/quota.ts'
import { toGeneration, type GenerationRow } from './generation-row.ts'
import type { Transaction } from './sql.ts'

export interface Wish {
  id: GenerationId
  projectId: ProjectId
  organizationId: OrganizationId
  requestedBy: UserId
  prompt: string
  model: string
  mode?: Generation['mode']
  attachments?: NewGeneration['attachments']
  /** The model that may step in. */
  fallbackModel?: string | null
  /** Paid by the organization's own key: nothing is charged, so nothing is set aside. */
  ownKey?: boolean
  retryOf?: GenerationId | null
}

/** Why nothing was begun: of what, how much was used (or set aside), and how much may be; `whose` cap it is, when it is one. */
export interface Unfit {
  why: 'gone' | 'active' | 'generations' | 'run' | 'month'
  whose?: Limit['whose']
  used: number
  most: number
}

type Row = GenerationRow & {
  why: Unfit['why'] | 'fits'
  whose: Limit['whose'] | null
  used: string
  most: string | null
}

/**
 * Sets money aside and queues a generation, or says why not; then all must be rolled back. What is set aside is what was
 * wanted or, when the month's caps leave less, that; one statement decides, on rows that it holds locked.
 */
export async function begin(
  transaction: Transaction,
  wish: Wish,
  reservation: Reservation,
): Promise<Generation | Unfit> {
  // Sent together. The rows that are decided on must be there before: whoever waits to add one sees none of the others'.
  const [, , rows] = await Promise.all([
    transaction`select id from everjust.projects where id = ${wish.projectId} for no key update`,
    openAccounts(transaction, wish, reservation.period),
    decide(transaction, wish, reservation),
  ])
  const [row] = rows
  if (!row) return { why: 'gone', used: 0, most: 0 }
  const { why, whose } = row
  if (why !== 'fits') return { why, ...(whose && { whose }), used: Number(row.used), most: Number(row.most) }
  return row.id ? toGeneration(row) : { why: 'active', used: 0, most: 1 }
}

/** Whoever waits to add a row sees none of the others', so those that are decided on are there before. */
export const openAccounts = (
  transaction: Transaction,
  { projectId, organizationId, requestedBy }: Pick<Wish, 'projectId' | 'organizationId' | 'requestedBy'>,
  period: string,
) => transaction`
  with organization as (
    insert into everjust.quotas (organization_id, metric, period)
    values (${organizationId}, 'generations', ${period}::date), (${organizationId}, 'micros', ${period}::date),
      (${organizationId}, 'credits', ${creditsPeriod}::date), (${organizationId}, 'beyond', ${period}::date)
    on conflict do nothing),
  person as (
    insert into everjust.person_spending (user_id, period) values (${requestedBy}, ${period}::date)
    on conflict do nothing),
  member as (
    insert into everjust.member_spending (organization_id, user_id, period)
    values (${organizationId}, ${requestedBy}, ${period}::date)
    on conflict do nothing)
  insert into everjust.project_spending (project_id, period)
  select id, ${period}::date from everjust.projects where id = ${projectId}
  on conflict do nothing`

function decide(transaction: Transaction, wish: Wish, reservation: Reservation): Promise<Row[]> {
  const { id, projectId, organizationId, requestedBy, prompt, model } = wish
  const { mode = 'build', attachments = [], fallbackModel = null, ownKey = false, retryOf = null } = wish
  const { generationsPerMonth, capMicros, leastMicros, period } = reservation
  return transaction<Row[]>`
    with project as materialized (
      select id, current_version_id from everjust.projects where id = ${projectId} and deleted_at is null and archived_at is null),
    door as materialized (
      select q.used + q.reserved as taken from everjust.quotas q, project
      where q.organization_id = ${organizationId} and q.metric = 'generations' and q.period = ${period}::date
      for no key update of q),
    money as materialized (
      select q.used + q.reserved as taken from everjust.quotas q, door
      where q.organization_id = ${organizationId} and q.metric = 'micros' and q.period = ${period}::date
      for no key update of q),
    bought as materialized (
      select q.used + q.reserved as taken from everjust.quotas q, money
      where q.organization_id = ${organizationId} and q.metric = 'credits' and q.period = ${creditsPeriod}::date
      for no key update of q),
    charged as materialized (
      select q.used + q.reserved as taken from everjust.quotas q, bought
      where q.organization_id = ${organizationId} and q.metric = 'beyond' and q.period = ${period}::date
      for no key update of q),
    own as materialized (
      select s.used + s.reserved as taken from everjust.person_spending s, charged
      where s.user_id = ${requestedBy} and s.period = ${period}::date
      for no key update of s),
    part as materialized (
      select s.used + s.reserved as taken from everjust.project_spending s, own
      where s.project_id = ${projectId} and s.period = ${period}::date
      for no key update of s),
    member as materialized (
      select s.used + s.reserved as taken from everjust.member_spending s, part
      where s.organization_id = ${organizationId} and s.user_id = ${requestedBy} and s.period = ${period}::date
      for no key update of s),
    caps as materialized (
      select c.owner_kind as whose, c.run_micros, c.month_micros, mine.taken
      from everjust.caps c join (
        select 'organization', ${organizationId}::text, taken from money
        union all select 'person', ${requestedBy}::text, taken from own
        union all select 'project', ${projectId}::text, taken from part
      ) as mine (kind, id, taken) on c.owner_kind = mine.kind and c.owner_id = mine.id
      union all select 'member', m.cap_run_micros, m.cap_month_micros, member.taken
      from everjust.memberships m, member
      where m.organization_id = ${organizationId} and m.user_id = ${requestedBy}),
    room (why, whose, used, most, leaves) as materialized (
      select 'run', whose, 0, run_micros, run_micros from caps where run_micros is not null
      union all select 'month', whose, taken, month_micros, month_micros - taken from caps
        where month_micros is not null and not ${ownKey}::boolean),
    more as materialized (
      select metric, of_period from (
        select 'credits' as metric, ${creditsPeriod}::date as of_period, 1 as turn
        from bought, everjust.billing_accounts a
        where a.organization_id = ${organizationId} and a.credits > bought.taken
        union all select 'beyond', ${period}::date, 2
        from charged, everjust.billing_accounts a
        where a.organization_id = ${organizationId} and a.status in ('active', 'trialing') and a.beyond_most > charged.taken
      ) as ways, door
      where door.taken >= ${generationsPerMonth}::bigint
      order by turn
      limit 1),
    verdict as materialized (
      select 'generations' as why, null as whose, door.taken as used, ${generationsPerMonth}::bigint as most,
        0::bigint as granted, 0 as rank
      from door where door.taken >= ${generationsPerMonth}::bigint and not exists (select from more)
      union all select why, whose, used, most, leaves, 1 from room where leaves < ${leastMicros}::bigint
      union all select 'fits', null, 0, null, least(${capMicros}::bigint, (select min(leaves) from room)), 2 from member
      order by rank, granted, whose
      limit 1),
    fits as materialized (select granted from verdict where why = 'fits'),
    counted as (
      update everjust.quotas q set reserved = q.reserved + case
        when q.metric <> 'micros' then 1 when ${ownKey}::boolean then 0 else fits.granted end
      from fits left join more on true
      where q.organization_id = ${organizationId} and (
        q.metric in ('generations', 'micros') and q.period = ${period}::date
        or q.metric = more.metric and q.period = more.of_period)),
    owed as (
      update everjust.person_spending s set reserved = s.reserved + case when ${ownKey}::boolean then 0 else fits.granted end
      from fits where s.user_id = ${requestedBy} and s.period = ${period}::date),
    shared as (
      update everjust.project_spending s set reserved = s.reserved + case when ${ownKey}::boolean then 0 else fits.granted end
      from fits where s.project_id = ${projectId} and s.period = ${period}::date),
    made as (
      insert into everjust.generations
        (id, project_id, organization_id, requested_by, state, prompt, model, base_version_id, cap_micros, mode,
          attachments, fallback_model, own_key, retry_of)
      select ${id}, project.id, ${organizationId}, ${requestedBy}, 'queued', ${prompt}, ${model},
        project.current_version_id, fits.granted, ${mode}, ${transaction.json(attachments)}, ${fallbackModel},
        ${ownKey}::boolean, ${retryOf}
      from project, fits
      on conflict (project_id) where state in ('queued', 'running') do nothing
      returning *),
    entries as (
      insert into everjust.ledger
        (id, organization_id, project_id, generation_id, user_id, metric, period, state, reserved, simulated)
      select given.id, ${organizationId}, ${projectId}, made.id, ${requestedBy}, given.metric, given.period, 'reserved',
        case when given.metric <> 'micros' then 1 when ${ownKey}::boolean then 0 else made.cap_micros end, ${isScripted(model)}
      from made, (
        values (${newId('ledgerEntry')}, 'generations', ${period}::date), (${newId('ledgerEntry')}, 'micros', ${period}::date)
        union all select ${newId('ledgerEntry')}, metric, of_period from more) as given (id, metric, period)),
    active as (
      update everjust.projects p set active_generation_id = made.id, updated_at = now()
      from made where p.id = made.project_id),
    used as (
      insert into everjust.sandboxes (project_id, state) select made.project_id, 'absent' from made
      on conflict (project_id) do update set used_at = now())
    select verdict.why, verdict.whose, verdict.used, verdict.most, made.*
    from project cross join verdict left join made on true`
}
