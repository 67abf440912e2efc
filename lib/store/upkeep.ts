import type { ImageId, ProjectId } from '../contract/ids.ts'
import { deadlines } from '../domain/deadlines.ts'
import { keptDays } from '../domain/retention.ts'
import { stillKept } from './kept.ts'
import type { Transaction } from './sql.ts'

/** What schedules look after: rows that have had their day, and sandboxes between two states. Every statement is bounded. */
export function upkeepStore(transaction: Transaction) {
  return {
    /** Sandboxes that have been on their way somewhere for too long. */
    async strayed(limit: number): Promise<{ projectId: ProjectId; state: 'starting' | 'stopping' }[]> {
      return transaction<{ projectId: ProjectId; state: 'starting' | 'stopping' }[]>`
        select project_id as "projectId", state from everjust.sandboxes
        where state in ('starting', 'stopping')
          and updated_at < now() - make_interval(secs => ${deadlines.sandboxUnderWay.seconds})
        order by updated_at
        limit ${limit}`
    },

    /** Started sandboxes in use whose signed addresses run out within the hour. */
    async expiring(limit: number): Promise<ProjectId[]> {
      const rows = await transaction<{ projectId: ProjectId }[]>`
        select project_id as "projectId" from everjust.sandboxes
        where state = 'started' and urls_expire_at < now() + interval '1 hour'
        order by urls_expire_at
        limit ${limit}`
      return rows.map(({ projectId }) => projectId)
    },

    /** Projects where messages wait that nothing runs before, and whose job was lost or given up. */
    async idleQueues(limit: number): Promise<ProjectId[]> {
      const rows = await transaction<{ projectId: ProjectId }[]>`
        select distinct m.project_id as "projectId"
        from everjust.queued_messages m join everjust.projects p on p.id = m.project_id
        where m.created_at < now() - make_interval(secs => ${deadlines.queueIdle.seconds})
          and p.deleted_at is null and p.archived_at is null and p.queue_paused is null and p.active_generation_id is null
        limit ${limit}`
      return rows.map(({ projectId }) => projectId)
    },

    /** Deleted projects that nobody can bring back any more, and that no job clears away yet. */
    async gone(limit: number): Promise<ProjectId[]> {
      const rows = await transaction<{ id: ProjectId }[]>`
        select p.id from everjust.projects p
        where p.deleted_at is not null and not ${stillKept(transaction)}
          and not exists (select from everjust.jobs j
            where j.project_id = p.id and j.kind = 'delete-project' and j.state in ('queued', 'taken'))
        order by p.deleted_at
        limit ${limit}`
      return rows.map(({ id }) => id)
    },

    /** Which of these ids are projects that have not been cleared away. */
    async existing(projectIds: readonly string[]): Promise<Set<string>> {
      const rows = await transaction<{ id: string }[]>`
        select id from everjust.projects
        where id in (select jsonb_array_elements_text(${transaction.json([...projectIds])}))`
      return new Set(rows.map(({ id }) => id))
    },

    /** Images that were announced hours ago and never put into storage, or never looked at. */
    async unchecked(limit: number): Promise<{ id: ImageId; projectId: ProjectId }[]> {
      return transaction<{ id: ImageId; projectId: ProjectId }[]>`
        select id, project_id as "projectId" from everjust.images
        where checked_at is null and created_at < now() - interval '3 hours'
        order by created_at
        limit ${limit}`
    },

    async forgetIdempotencyKeys(): Promise<number> {
      const { count } = await transaction`
        delete from everjust.idempotency_keys where (user_id, key) in (
          select user_id, key from everjust.idempotency_keys
          where created_at < now() - make_interval(days => ${keptDays.requestAnswers}) limit 10000 for update skip locked)`
      return count
    },

    async forgetRateWindows(): Promise<number> {
      const { count } = await transaction`
        delete from everjust.rate_windows where window_start < now() - interval '1 hour'`
      return count
    },

    /** Jobs that are over: the good ones, and later those given up. */
    async forgetJobs(): Promise<number> {
      const { count } = await transaction`
        delete from everjust.jobs where id in (
          select id from everjust.jobs
          where state = 'done' and ended_at < now() - make_interval(days => ${keptDays.doneJobs})
            or state = 'failed' and ended_at < now() - make_interval(days => ${keptDays.failedJobs})
          limit 10000 for update skip locked)`
      return count
    },

    /** What no token came from for longer than the issuer lets any session last. */
    async forgetSessions(): Promise<number> {
      const { count } = await transaction`
        delete from everjust.sessions where id in (
          select id from everjust.sessions where seen_at < now() - make_interval(days => ${keptDays.sessions})
            and (ended_at is null or ended_at < now() - make_interval(days => ${keptDays.sessions}))
          limit 10000 for update skip locked)`
      return count
    },

    /** Who asked to link another sign-in, and did not. */
    async forgetLinkTickets(): Promise<number> {
      const { count } = await transaction`delete from everjust.link_tickets where expires_at < now()`
      return count
    },

    /** Digests of people who have gone: no token holds for so long. */
    async forgetDepartures(): Promise<number> {
      const { count } = await transaction`
        delete from everjust.departures where at < now() - make_interval(days => ${keptDays.departures})`
      return count
    },

    /** What was sent long ago, or could not be sent for days. */
    async forgetNotices(): Promise<number> {
      const { count } = await transaction`
        delete from everjust.notices
        where created_at < now() -
          make_interval(days => case when sent_at is null then ${keptDays.unsentMails}::integer else ${keptDays.mails}::integer end)`
      return count
    },

    /** Single steps of runs that ended long ago; what was asked, answered and made stays. */
    async forgetProgress(): Promise<number> {
      const { count } = await transaction`
        delete from everjust.events where (project_id, seq) in (
          select e.project_id, e.seq from everjust.events e
          where e.type in ('project:generation:progress', 'sandbox:logs', 'file:changed', 'preview:changed')
            and e.at < now() - make_interval(days => ${keptDays.steps})
          limit 20000)`
      return count
    },
  }
}
