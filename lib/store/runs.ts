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
  mode: Generation['mode']
  attachments: Generation['attachments']
  model: string
  fallbackModel: string | null
  /** The session of the attempt before, if one was started. */
  sessionId: string | null
  sandboxId: string | null
  /** What it builds on: what an earlier attempt saved, or else the version that was current when it first began. */
  fromVersionId: VersionId | null
  deadline: Date
  /** No runner of it was ever heard, so the sandbox may not be able to reach out. */
  unheard: boolean
}

export interface Whereabouts {
  projectId: ProjectId
  state: Generation['state']
  attempt: number
  sandboxId: string | null
  sessionId: string | null
}

/** Its own model, the one that may step in, and whether its organization pays for both by its own key. */
interface ModelsOfRun {
  model: string
  fallbackModel: string | null
  ownKey: boolean
}

/** Runs as their runners see them: the lease under which one attempt at a time may write. How they start is in `run-starts`. */
export function runStore(transaction: Transaction) {
  return {
    /**
     * Prolongs the lease of a running attempt and counts its sandbox as used. Answers what the run cost so far;
     * undefined when it is over or taken over.
     */
    async renew({ id, attempt }: { id: GenerationId; attempt: number }, seconds: number): Promise<Cost | undefined> {
      const [row] = await transaction<Costing[]>`
        with renewed as (
          update everjust.generations set lease_until = now() + make_interval(secs => ${seconds}),
            heard_at = coalesce(heard_at, now())
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

    /** What a running attempt may ask of which models; undefined when the run is over or taken over. */
    async models({ id, attempt }: { id: GenerationId; attempt: number }): Promise<ModelsOfRun | undefined> {
      const [row] = await transaction<ModelsOfRun[]>`
        select model, fallback_model as "fallbackModel", own_key as "ownKey" from everjust.generations
        where id = ${id} and attempt = ${attempt} and state = 'running'`
      return row
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
