import type { JobId, ProjectId } from '../contract/ids.ts'
import { newId } from '../contract/new-id.ts'
import type { JobKind } from '../ports/dispatcher.ts'
import type { Transaction } from './sql.ts'

export interface Job {
  id: JobId
  kind: JobKind
  projectId: ProjectId
  payload: unknown
  /** Counts the takings; every later write of the taker carries it, so a taker that was given up changes nothing. */
  fence: number
  tries: number
}

export interface NewJob {
  kind: JobKind
  /** Null for what concerns no project in particular. */
  projectId: ProjectId | null
  payload: Record<string, unknown>
  /** Two waiting jobs with one key are one. */
  key?: string
}

export type OnEnqueued = (kind: JobKind, id: JobId) => void

/** The queue: rows taken with `for update skip locked` under a lease. */
export function jobStore(transaction: Transaction, onEnqueued: OnEnqueued = () => {}) {
  return {
    async enqueue({ kind, projectId, payload, key }: NewJob): Promise<void> {
      const id = newId('job')
      const rows = await transaction`
        insert into everjust.jobs (id, kind, project_id, payload, key)
        values (${id}, ${kind}, ${projectId}, ${transaction.json(payload as never)}, ${key ?? null})
        on conflict (key) where state = 'queued' do nothing
        returning id`
      if (rows.length > 0) onEnqueued(kind, id)
    },

    /** A place is free: the first run that waits for one, of whatever tenant, is to be started. */
    async startNext(): Promise<void> {
      const rows = await transaction<{ id: JobId }[]>`select job_id as id from everjust.start_next(${newId('job')})`
      for (const { id } of rows) onEnqueued('start-generation', id)
    },

    /** The job if it is due and free, now leased; undefined when another has it or it is over. */
    async take(id: JobId, leaseSeconds: number): Promise<Job | undefined> {
      const [job] = await transaction<Job[]>`
        update everjust.jobs set state = 'taken', fence = fence + 1, tries = tries + 1,
          lease_until = now() + make_interval(secs => ${leaseSeconds})
        where id = (
          select id from everjust.jobs
          where id = ${id} and (state = 'queued' and run_at <= now() or state = 'taken' and lease_until < now())
          for update skip locked)
        returning id, kind, project_id as "projectId", payload, fence, tries`
      return job
    },

    /** Keeps a job for its taker a while longer; false when another has it. */
    async prolong({ id, fence }: Job, leaseSeconds: number): Promise<boolean> {
      const rows = await transaction`
        update everjust.jobs set lease_until = now() + make_interval(secs => ${leaseSeconds})
        where id = ${id} and fence = ${fence} and state = 'taken' returning id`
      return rows.length > 0
    },

    async finish({ id, fence }: Job): Promise<boolean> {
      const rows = await transaction`
        update everjust.jobs set state = 'done', ended_at = now(), lease_until = null
        where id = ${id} and fence = ${fence} and state = 'taken' returning id`
      return rows.length > 0
    },

    /** Back to the queue after a while, or given up for good when `again` is null. */
    async putBack({ id, fence }: Job, { problem, again }: { problem: string; again: number | null }): Promise<void> {
      await transaction`
        update everjust.jobs set lease_until = null, problem = ${problem},
          state = ${again === null ? 'failed' : 'queued'},
          run_at = now() + make_interval(secs => ${again ?? 0}),
          ended_at = ${again === null ? transaction`now()` : null},
          key = null
        where id = ${id} and fence = ${fence} and state = 'taken'`
    },

    /** Jobs that should be running and are not: due, or their lease ran out. */
    overdue(limit: number): Promise<Pick<Job, 'id' | 'kind'>[]> {
      return transaction<Pick<Job, 'id' | 'kind'>[]>`
        select id, kind from everjust.jobs
        where state = 'queued' and run_at <= now() or state = 'taken' and lease_until < now()
        order by run_at
        limit ${limit}`
    },
  }
}
