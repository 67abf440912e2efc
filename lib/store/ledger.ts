import type { Diagnosis, FailureCode, Generation, Question } from '../contract/generation.ts'
import type { GenerationId, ProjectId, VersionId } from '../contract/ids.ts'
import { isFree, returnsRepairs, type Reservation } from '../domain/quota.ts'
import { toGeneration, type GenerationRow } from './generation-row.ts'
import { begin, type Wish } from './reservations.ts'
import type { Transaction } from './sql.ts'

export interface Ending {
  projectId: ProjectId
  id: GenerationId
  /** Given by a runner: only the current attempt of a running generation ends it. Null for the control plane itself. */
  attempt: number | null
  state: 'succeeded' | 'failed' | 'cancelled'
  failure: FailureCode | null
  answer: string | null
  versionId: VersionId | null
  question?: Question | null
  diagnosis?: Diagnosis | null
}

/**
 * The two moments at which a generation and its money change together: each is one statement. Locks are taken in one
 * order everywhere (project, generation, ledger, quotas with `generations` first, the spending of the person, that of the
 * project, event stream), so none wait in a ring; the lock of the project is one that rows which refer to it do not wait for.
 */
export function ledgerStore(transaction: Transaction) {
  return {
    /** Sets money aside and queues, or says why not: what is left, what is capped, or that a run is active. */
    begin: (wish: Wish, reservation: Reservation) => begin(transaction, wish, reservation),

    /** Ends a generation that has not ended, settles what it used and returns the rest; undefined when it is not to be ended. */
    async end(ending: Ending): Promise<Generation | undefined> {
      const { projectId, id, attempt, state, failure, answer, versionId, question, diagnosis } = ending
      const [row] = await transaction<GenerationRow[]>`
        with project as materialized (select id from everjust.projects where id = ${projectId} for no key update),
        ended as (
          update everjust.generations g set state = ${state}, failure_code = ${failure}, answer = ${answer},
            question = ${question ? transaction.json(question) : null},
            diagnosis = ${diagnosis ? transaction.json(diagnosis) : null},
            version_id = coalesce(${versionId}, (
              select v.id from everjust.versions v where v.generation_id = g.id order by v.number desc limit 1)),
            returned_micros = case when ${returnsRepairs(failure)} then g.repair_micros else 0 end,
            lease_until = null, ended_at = now(), place = null,
            steps = (select max((e.data -> 'progress' ->> 'step')::int) from everjust.events e where e.run_id = g.id)
          from project
          where g.id = ${id} and g.project_id = project.id
            and (g.state = 'running' or ${attempt}::int is null and g.state = 'queued')
            and (${attempt}::int is null or g.attempt = ${attempt}::int)
          returning g.*),
        door as materialized (
          select q.organization_id from everjust.quotas q, ended, everjust.ledger l
          where l.generation_id = ended.id and l.metric = 'generations' and q.metric = 'generations'
            and q.organization_id = l.organization_id and q.period = l.period
          for no key update of q),
        due as (
          select l.*, case
              when ${isFree(failure)} then 0
              when l.metric = 'micros' and ended.own_key then 0
              when l.metric = 'micros' then ended.spent_micros - ended.returned_micros
              when ended.started_at is null then 0
              else 1 end as amount
          from ended, door, everjust.ledger l
          where l.generation_id = ended.id and l.state = 'reserved'),
        closed as (
          update everjust.ledger l set state = case when due.amount > 0 then 'settled' else 'released' end,
            settled = due.amount, ended_at = now()
          from due where l.id = due.id),
        counted as (
          update everjust.quotas q set reserved = q.reserved - due.reserved, used = q.used + due.amount,
            simulated = q.simulated + case when due.simulated then due.amount else 0 end
          from due
          where q.organization_id = due.organization_id and q.metric = due.metric and q.period = due.period
          returning 1),
        owed as (
          update everjust.person_spending s set reserved = s.reserved - due.reserved, used = s.used + due.amount
          from due, (select count(*) from counted) as after_those
          where s.user_id = due.user_id and s.period = due.period and due.metric = 'micros'
          returning 1),
        shared as (
          update everjust.project_spending s set reserved = s.reserved - due.reserved, used = s.used + due.amount
          from due, (select count(*) from owed) as after_those
          where s.project_id = due.project_id and s.period = due.period and due.metric = 'micros'),
        freed as (
          update everjust.projects p set active_generation_id = null, updated_at = now()
          from ended where p.id = ended.project_id and p.active_generation_id = ended.id),
        shown as (
          update everjust.sandboxes s set version_id = coalesce(ended.version_id, s.version_id), used_at = now()
          from ended where s.project_id = ended.project_id)
        select * from ended`
      return row && toGeneration(row)
    },
  }
}
