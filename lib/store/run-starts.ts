import type { GenerationId, ProjectId } from '../contract/ids.ts'
import { deadlines } from '../domain/deadlines.ts'
import type { ClaimedRun } from './runs.ts'
import type { Transaction } from './sql.ts'

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

/** A run that waits, and how many start before it. */
export interface InLine {
  id: GenerationId
  projectId: ProjectId
  place: number
}

/** Who may run, and who waits for a place: what jobs and schedules start runs by. */
export function runStartStore(transaction: Transaction) {
  return {
    /**
     * Begins the next attempt of a run whose turn it is or whose last attempt went silent; undefined when it is not to be
     * begun. Never more than `mostAtOnce` are running.
     */
    async claim(
      id: GenerationId,
      given: { leaseSeconds: number; deadlineSeconds: number; mostAttempts: number; mostAtOnce: number },
    ): Promise<ClaimedRun | undefined> {
      // Sent together: whoever claims counts what all the others before have claimed.
      const [, [row]] = await Promise.all([
        lockPlaces(transaction),
        transaction<ClaimedRun[]>`
        update everjust.generations g set state = 'running', attempt = g.attempt + 1,
          lease_until = now() + make_interval(secs => ${given.leaseSeconds}), place = null,
          started_at = coalesce(g.started_at, now()),
          deadline = coalesce(g.deadline, now() + make_interval(secs => ${given.deadlineSeconds})),
          base_version_id = case when g.attempt = 0
            then (select p.current_version_id from everjust.projects p where p.id = g.project_id)
            else g.base_version_id end
        where g.id = ${id} and g.attempt < ${given.mostAttempts}
          and (g.state = 'running' and g.lease_until < now() or g.state = 'queued' and exists (
            select from everjust.waiting_line() l
            where l.generation_id = g.id and l.place < ${given.mostAtOnce}
              - (select count(*) from everjust.generations r where r.state = 'running')))
          and (g.deadline is null or g.deadline > now())
          and exists (select from everjust.projects p where p.id = g.project_id and p.deleted_at is null)
          and not exists (
            select from everjust.generations k where k.project_id = g.project_id and k.keep_until > now())
          and not exists (
            select from everjust.sandboxes b where b.project_id = g.project_id and b.clearing_until > now())
        returning g.id, g.project_id as "projectId", g.organization_id as "organizationId",
          g.requested_by as "requestedBy", g.attempt, g.prompt, g.mode, g.attachments, g.model,
          g.fallback_model as "fallbackModel", g.session_id as "sessionId", g.sandbox_id as "sandboxId", g.deadline,
          g.attempt > 1 and g.heard_at is null as unheard,
          coalesce((select v.id from everjust.versions v where v.generation_id = g.id order by v.number desc limit 1),
            g.base_version_id) as "fromVersionId"`,
      ])
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

    /** Runs whose start was lost, whose runner went silent, or whose time is up. */
    stuck(limit: number): Promise<StuckRun[]> {
      const { startImpossible, turn } = deadlines
      return transaction<StuckRun[]>`
        select id, project_id as "projectId", attempt, state = 'queued' or deadline < now() as late
        from everjust.generations
        where state = 'running' and (lease_until < now() or deadline < now())
          or state = 'queued' and place is null
            and coalesce(turn_at, created_at) < now() - make_interval(secs => ${startImpossible.seconds})
          or state = 'queued' and created_at < now() - make_interval(secs => ${turn.seconds})
        order by lease_until nulls first
        limit ${limit}`
    },

    /** Tells all who wait where they stand now. Answers whose place changed, and whose turn it is. */
    async lineUp(mostAtOnce: number): Promise<{ moved: InLine[]; due: InLine[] }> {
      const [, rows] = await Promise.all([
        lockPlaces(transaction),
        transaction<(InLine & { due: boolean })[]>`
          with room as materialized (
            select greatest(0, ${mostAtOnce} - count(*))::int as free from everjust.generations where state = 'running'),
          line as materialized (
            select l.*, l.place < room.free as due, case when l.place < room.free then null else l.place end as stands
            from everjust.waiting_line() l, room),
          free as materialized (
            select g.id from everjust.generations g where g.state = 'queued' for no key update skip locked),
          moved as (
            update everjust.generations g set place = line.stands, turn_at = case when line.due then now() end
            from line, free
            where g.id = line.generation_id and g.id = free.id and g.place is distinct from line.stands
            returning g.id, g.project_id, g.place)
          select id, project_id as "projectId", place, false as due from moved where place is not null
          union all
          select g.id, g.project_id, line.place, true from line join everjust.generations g on g.id = line.generation_id
          where line.due and (g.place is not null or g.created_at < now() - make_interval(secs => ${deadlines.startLost.seconds}))
          order by place`,
      ])
      return { moved: rows.filter(({ due }) => !due), due: rows.filter(({ due }) => due) }
    },
  }
}

/** Held until the transaction ends: places are given and lines are moved by one at a time. */
const lockPlaces = (transaction: Transaction) => transaction`select pg_advisory_xact_lock(hashtext('everjust.places'))`
