import type { Generation } from '../contract/generation.ts'
import type { GenerationId, OrganizationId, ProjectId, UserId, VersionId } from '../contract/ids.ts'
import type { Cost } from '../contract/money.ts'
import { costOf, type Costing } from './generation-row.ts'
import type { Transaction } from './sql.ts'

/** What a claimed attempt needs to know to start its runner. */
export interface ClaimedRun {
  id: GenerationId
  projectId: ProjectId
  organizationId: OrganizationId
  requestedBy: UserId
  attempt: number
  prompt: string
  model: string
  /** The session of the attempt before, if one was started. */
  sessionId: string | null
  sandboxId: string | null
  /** What it builds on: what an earlier attempt saved, or else the version that was current when it first began. */
  fromVersionId: VersionId | null
  deadline: Date
}

export interface StartedRunner {
  id: GenerationId
  attempt: number
  sandboxId: string
  sessionId: string
  commandId: string
  leaseSeconds: number
}

export interface StuckRun {
  id: GenerationId
  projectId: ProjectId
  attempt: number
  /** Whether its time is up. */
  late: boolean
}

export interface Whereabouts {
  projectId: ProjectId
  state: Generation['state']
  attempt: number
  sandboxId: string | null
  sessionId: string | null
}

/** Runs as their runners see them: the lease under which one attempt at a time may write. */
export function runStore(transaction: Transaction) {
  return {
    /** Begins the next attempt of a run that waits or whose last attempt went silent; undefined when it is not to be begun. */
    async claim(
      id: GenerationId,
      given: { leaseSeconds: number; deadlineSeconds: number; mostAttempts: number },
    ): Promise<ClaimedRun | undefined> {
      const [row] = await transaction<ClaimedRun[]>`
        update everjust.generations g set state = 'running', attempt = g.attempt + 1,
          lease_until = now() + make_interval(secs => ${given.leaseSeconds}),
          started_at = coalesce(g.started_at, now()),
          deadline = coalesce(g.deadline, now() + make_interval(secs => ${given.deadlineSeconds})),
          base_version_id = case when g.attempt = 0
            then (select p.current_version_id from everjust.projects p where p.id = g.project_id)
            else g.base_version_id end
        where g.id = ${id} and g.attempt < ${given.mostAttempts}
          and (g.state = 'queued' or g.state = 'running' and g.lease_until < now())
          and (g.deadline is null or g.deadline > now())
          and exists (select from everjust.projects p where p.id = g.project_id and p.deleted_at is null)
        returning g.id, g.project_id as "projectId", g.organization_id as "organizationId",
          g.requested_by as "requestedBy", g.attempt, g.prompt, g.model, g.session_id as "sessionId",
          g.sandbox_id as "sandboxId", g.deadline,
          coalesce((select v.id from everjust.versions v where v.generation_id = g.id order by v.number desc limit 1),
            g.base_version_id) as "fromVersionId"`
      return row
    },

    /** Gives up the lease of an attempt that could not start, so that the next try need not wait for it. */
    async unclaim({ id, attempt }: { id: GenerationId; attempt: number }): Promise<void> {
      await transaction`
        update everjust.generations set lease_until = now()
        where id = ${id} and attempt = ${attempt} and state = 'running'`
    },

    /** False when the attempt is no longer the current one: its runner must be ended. */
    async started({ id, attempt, ...made }: StartedRunner): Promise<boolean> {
      const rows = await transaction`
        update everjust.generations set sandbox_id = ${made.sandboxId}, session_id = ${made.sessionId},
          command_id = ${made.commandId}, lease_until = now() + make_interval(secs => ${made.leaseSeconds})
        where id = ${id} and attempt = ${attempt} and state = 'running' returning id`
      return rows.length > 0
    },

    /**
     * Prolongs the lease of a running attempt and counts its sandbox as used. Answers what the run cost so far;
     * undefined when it is over or taken over.
     */
    async renew({ id, attempt }: { id: GenerationId; attempt: number }, seconds: number): Promise<Cost | undefined> {
      const [row] = await transaction<Costing[]>`
        with renewed as (
          update everjust.generations set lease_until = now() + make_interval(secs => ${seconds})
          where id = ${id} and attempt = ${attempt} and state = 'running' and deadline > now()
          returning project_id, failure_code, spent_micros, returned_micros, cap_micros, model),
        used as (
          update everjust.sandboxes s set used_at = now() from renewed r
          where s.project_id = r.project_id and s.used_at < now() - interval '1 minute')
        select failure_code, spent_micros, returned_micros, cap_micros, model from renewed`
      return row && costOf(row)
    },

    /** What a run cost that was cancelled a moment ago, whose runner may still say what it did until then. */
    async lastWords({ id, attempt }: { id: GenerationId; attempt: number }): Promise<Cost | undefined> {
      const [row] = await transaction<Costing[]>`
        select failure_code, spent_micros, returned_micros, cap_micros, model from everjust.generations
        where id = ${id} and attempt = ${attempt} and state = 'cancelled' and ended_at > now() - interval '10 seconds'`
      return row && costOf(row)
    },

    /** The model of a running attempt; undefined when the run is over or taken over. */
    async model({ id, attempt }: { id: GenerationId; attempt: number }): Promise<string | undefined> {
      const [row] = await transaction<{ model: string }[]>`
        select model from everjust.generations where id = ${id} and attempt = ${attempt} and state = 'running'`
      return row?.model
    },

    /** Runs whose job was lost, whose runner went silent, or whose time is up. */
    stuck(limit: number): Promise<StuckRun[]> {
      return transaction<StuckRun[]>`
        select id, project_id as "projectId", attempt,
          coalesce(deadline, created_at + interval '10 minutes') < now() as late
        from everjust.generations
        where state = 'running' and (lease_until < now() or deadline < now())
          or state = 'queued' and created_at < now() - interval '1 minute'
        order by lease_until nulls first
        limit ${limit}`
    },

    /** Whether this version was saved by this run. */
    async saved(id: GenerationId, versionId: VersionId): Promise<boolean> {
      const rows = await transaction`
        select id from everjust.versions where id = ${versionId} and generation_id = ${id}`
      return rows.length > 0
    },

    async find(id: GenerationId): Promise<Whereabouts | undefined> {
      const [row] = await transaction<Whereabouts[]>`
        select project_id as "projectId", state, attempt, sandbox_id as "sandboxId", session_id as "sessionId"
        from everjust.generations where id = ${id}`
      return row
    },
  }
}
