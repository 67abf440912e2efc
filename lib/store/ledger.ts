import type { FailureCode, Generation } from '../contract/generation.ts'
import type { GenerationId, OrganizationId, ProjectId, UserId, VersionId } from '../contract/ids.ts'
import { newId } from '../contract/new-id.ts'
import { isFree, type Reservation } from '../domain/quota.ts'
import { isScripted } from '../domain/prices.ts'
import { toGeneration, type GenerationRow } from './generation-row.ts'
import type { Transaction } from './sql.ts'

export interface Wish {
  id: GenerationId
  projectId: ProjectId
  organizationId: OrganizationId
  requestedBy: UserId
  prompt: string
  model: string
}

export interface Ending {
  projectId: ProjectId
  id: GenerationId
  /** Given by a runner: only the current attempt of a running generation ends it. Null for the control plane itself. */
  attempt: number | null
  state: 'succeeded' | 'failed' | 'cancelled'
  failure: FailureCode | null
  answer: string | null
  versionId: VersionId | null
}

/**
 * The two moments at which a generation and its money change together: each is one statement. Locks are taken in one
 * order everywhere (project, generation, ledger, quotas with `generations` first, event stream), so none wait in a ring;
 * the project's is one that rows which refer to it do not wait for.
 */
export function ledgerStore(transaction: Transaction) {
  return {
    /** Reserves and queues, or says why not: the month is used up, or a run is active. A refusal must be rolled back. */
    async begin(wish: Wish, { generationsPerMonth, capMicros, period }: Reservation): Promise<Generation | Unfit> {
      const { id, projectId, organizationId, requestedBy, prompt, model } = wish
      const [row] = await transaction<({ fits: boolean } & GenerationRow)[]>`
        with project as materialized (
          select id, current_version_id from everjust.projects
          where id = ${projectId} and deleted_at is null for no key update),
        fits as (
          insert into everjust.quotas (organization_id, metric, period, reserved)
          select ${organizationId}, 'generations', ${period}::date, 1 from project
          where ${generationsPerMonth}::bigint is null or ${generationsPerMonth}::bigint > 0
          on conflict (organization_id, metric, period) do update set reserved = everjust.quotas.reserved + 1
            where ${generationsPerMonth}::bigint is null
              or everjust.quotas.used + everjust.quotas.reserved < ${generationsPerMonth}::bigint
          returning 1),
        money as (
          insert into everjust.quotas (organization_id, metric, period, reserved)
          select ${organizationId}, 'micros', ${period}::date, ${capMicros}::bigint from fits
          on conflict (organization_id, metric, period)
            do update set reserved = everjust.quotas.reserved + excluded.reserved),
        made as (
          insert into everjust.generations
            (id, project_id, organization_id, requested_by, state, prompt, model, base_version_id, cap_micros)
          select ${id}, project.id, ${organizationId}, ${requestedBy}, 'queued', ${prompt}, ${model},
            project.current_version_id, ${capMicros}::bigint
          from project, fits
          on conflict (project_id) where state in ('queued', 'running') do nothing
          returning *),
        entries as (
          insert into everjust.ledger
            (id, organization_id, generation_id, metric, period, state, reserved, simulated)
          select given.id, ${organizationId}, made.id, given.metric, ${period}::date, 'reserved', given.reserved,
            ${isScripted(model)}
          from made, (values (${newId('ledgerEntry')}, 'generations', 1::bigint),
            (${newId('ledgerEntry')}, 'micros', ${capMicros}::bigint)) as given (id, metric, reserved)),
        active as (
          update everjust.projects p set active_generation_id = made.id, updated_at = now()
          from made where p.id = made.project_id),
        used as (
          insert into everjust.sandboxes (project_id, state) select made.project_id, 'absent' from made
          on conflict (project_id) do update set used_at = now())
        select exists (select from fits) as fits, made.*
        from project left join made on true`
      if (!row) return 'gone'
      if (!row.fits) return 'used_up'
      return row.id ? toGeneration(row) : 'active'
    },

    /** Ends a generation that has not ended, settles what it used and returns the rest; undefined when it is not to be ended. */
    async end(ending: Ending): Promise<Generation | undefined> {
      const { projectId, id, attempt, state, failure, answer, versionId } = ending
      const [row] = await transaction<GenerationRow[]>`
        with project as materialized (select id from everjust.projects where id = ${projectId} for no key update),
        ended as (
          update everjust.generations g set state = ${state}, failure_code = ${failure}, answer = ${answer},
            version_id = coalesce(${versionId}, (
              select v.id from everjust.versions v where v.generation_id = g.id order by v.number desc limit 1)),
            lease_until = null, ended_at = now()
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
              when l.metric = 'micros' then ended.spent_micros
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
          where q.organization_id = due.organization_id and q.metric = due.metric and q.period = due.period),
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

type Unfit = 'gone' | 'used_up' | 'active'
