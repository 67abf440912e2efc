import type { FailureCode } from '../contract/generation.ts'
import type { ImprovementId, OrganizationId, ProjectId, UserId } from '../contract/ids.ts'
import { newId } from '../contract/new-id.ts'
import { isScripted } from '../domain/prices.ts'
import { creditsPeriod } from '../domain/quota.ts'
import type { Transaction } from './sql.ts'

interface NewImprovement {
  id: ImprovementId
  projectId: ProjectId
  organizationId: OrganizationId
  requestedBy: UserId
  prompt: string
  model: string
  ownKey: boolean
  /** The most that it may cost; set aside until it has ended. */
  mostMicros: number
  /** How many the organization may have in a month; null for any number. */
  mostPerMonth: number | null
  /** The first day of the month it is counted in, as `YYYY-MM-DD`. */
  period: string
}

export interface OpenImprovement {
  organizationId: OrganizationId
  prompt: string
  model: string
  ownKey: boolean
}

export interface Improvement {
  state: 'asked' | 'done' | 'failed'
  answer: string | null
  failure: FailureCode | null
  model: string
  micros: number
}

/** Prompts put into better words. Money is taken in the order of `ledger`: quotas, the spending of the person, that of the project. */
export function improvementStore(transaction: Transaction) {
  return {
    /** Sets its money aside, if the month leaves one more and that much, in one statement with the row itself. */
    async begin(wish: NewImprovement): Promise<'begun' | 'used_up'> {
      const { projectId, organizationId, requestedBy, period } = wish
      const [, rows] = await Promise.all([
        transaction`
          select everjust.open_accounts(
            ${projectId}, ${organizationId}, ${requestedBy}, ${period}::date, ${creditsPeriod}::date)`,
        reserve(transaction, wish),
      ])
      return rows.length > 0 ? 'begun' : 'used_up'
    },

    /** One of the same words, asked for or done a moment ago by the same person: asked again, it is not paid again. */
    async same({ projectId, requestedBy, prompt }: Pick<NewImprovement, 'projectId' | 'requestedBy' | 'prompt'>) {
      // Who asks twice at once is answered one after the other.
      await transaction`select pg_advisory_xact_lock(hashtextextended(${`improve ${requestedBy} ${projectId}`}, 0))`
      const [row] = await transaction<{ id: ImprovementId }[]>`
        select id from everjust.improvements
        where project_id = ${projectId} and user_id = ${requestedBy} and prompt = ${prompt} and state <> 'failed'
          and created_at > now() - interval '10 minutes'
        order by created_at desc
        limit 1`
      return row?.id
    },

    /** The improvement while it is asked for. */
    async open(id: ImprovementId): Promise<OpenImprovement | undefined> {
      const [row] = await transaction<OpenImprovement[]>`
        select organization_id as "organizationId", prompt, model, own_key as "ownKey" from everjust.improvements
        where id = ${id} and state = 'asked'`
      return row
    },

    async find(id: ImprovementId): Promise<Improvement | undefined> {
      const [row] = await transaction<(Omit<Improvement, 'micros'> & { micros: string })[]>`
        select state, answer, failure_code as failure, model, spent_micros as micros from everjust.improvements
        where id = ${id}`
      return row && { ...row, micros: Number(row.micros) }
    },

    /** Those that are asked for: of a project, or of all for so long that nobody does them any more. */
    async asked(which: { projectId: ProjectId } | { seconds: number; limit: number }): Promise<ImprovementId[]> {
      const rows = await transaction<{ id: ImprovementId }[]>`
        select id from everjust.improvements where state = 'asked' and ${
          'projectId' in which
            ? transaction`project_id = ${which.projectId}`
            : transaction`created_at < now() - make_interval(secs => ${which.seconds}) limit ${which.limit}`
        }`
      return rows.map(({ id }) => id)
    },

    /** Writes what came of it and settles its money; only the first to do so does anything. */
    async end(id: ImprovementId, { answer, failure, spentMicros }: Ended): Promise<void> {
      await transaction`
        with ended as (
          update everjust.improvements set state = ${answer === null ? 'failed' : 'done'}, answer = ${answer},
            failure_code = ${failure}, spent_micros = ${spentMicros}, ended_at = now()
          where id = ${id} and state = 'asked'
          returning ledger_id, case when own_key then 0 else spent_micros end as due),
        closed as (
          update everjust.ledger l set state = case when ended.due > 0 then 'settled' else 'released' end,
            settled = least(ended.due, l.reserved), ended_at = now()
          from ended where l.id = ended.ledger_id
          returning l.*),
        counted as (
          update everjust.quotas q set reserved = q.reserved - closed.reserved, used = q.used + closed.settled,
            simulated = q.simulated + case when closed.simulated then closed.settled else 0 end
          from closed
          where q.organization_id = closed.organization_id and q.metric = 'micros' and q.period = closed.period
          returning 1),
        owed as (
          update everjust.person_spending s set reserved = s.reserved - closed.reserved, used = s.used + closed.settled
          from closed, (select count(*) from counted) as after_those
          where s.user_id = closed.user_id and s.period = closed.period
          returning 1)
        update everjust.project_spending s set reserved = s.reserved - closed.reserved, used = s.used + closed.settled
        from closed, (select count(*) from owed) as after_those
        where s.project_id = closed.project_id and s.period = closed.period`
    },
  }
}

interface Ended {
  answer: string | null
  failure: FailureCode | null
  spentMicros: number
}

function reserve(transaction: Transaction, wish: NewImprovement) {
  const { id, projectId, organizationId, requestedBy, prompt, model, ownKey, period, mostPerMonth } = wish
  const micros = ownKey ? 0 : wish.mostMicros
  return transaction`
    with money as materialized (
      select q.used + q.reserved as taken from everjust.quotas q
      where q.organization_id = ${organizationId} and q.metric = 'micros' and q.period = ${period}::date
      for no key update of q),
    own as materialized (
      select s.used + s.reserved as taken from everjust.person_spending s, money
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
    fits as materialized (
      select 1 from own, money, part, member where not exists (
        select from everjust.caps c join (values
          ('organization', ${organizationId}::text, money.taken), ('person', ${requestedBy}::text, own.taken),
          ('project', ${projectId}::text, part.taken)
        ) as mine (kind, id, taken) on c.owner_kind = mine.kind and c.owner_id = mine.id
        where mine.taken + ${micros}::bigint > c.month_micros)
        and not exists (select from everjust.memberships m
          where m.organization_id = ${organizationId} and m.user_id = ${requestedBy}
            and member.taken + ${micros}::bigint > m.cap_month_micros)
        -- Every run has an entry of both kinds, and these have one of money alone.
        and (${mostPerMonth}::int is null or ${mostPerMonth}::int > (
          select count(*) filter (where l.metric = 'micros') - count(*) filter (where l.metric = 'generations')
          from everjust.ledger l where l.organization_id = ${organizationId} and l.period = ${period}::date))),
    counted as (
      update everjust.quotas q set reserved = q.reserved + ${micros}::bigint from fits
      where q.organization_id = ${organizationId} and q.metric = 'micros' and q.period = ${period}::date),
    owed as (
      update everjust.person_spending s set reserved = s.reserved + ${micros}::bigint from fits
      where s.user_id = ${requestedBy} and s.period = ${period}::date),
    shared as (
      update everjust.project_spending s set reserved = s.reserved + ${micros}::bigint from fits
      where s.project_id = ${projectId} and s.period = ${period}::date),
    entry as (
      insert into everjust.ledger (id, organization_id, project_id, user_id, metric, period, state, reserved, simulated)
      select ${newId('ledgerEntry')}, ${organizationId}, ${projectId}, ${requestedBy}, 'micros', ${period}::date, 'reserved',
        ${micros}::bigint, ${isScripted(model)}
      from fits
      returning id)
    insert into everjust.improvements
      (id, project_id, organization_id, user_id, ledger_id, prompt, model, own_key)
    select ${id}, ${projectId}, ${organizationId}, ${requestedBy}, entry.id, ${prompt}, ${model}, ${ownKey}::boolean
    from entry
    returning id`
}
