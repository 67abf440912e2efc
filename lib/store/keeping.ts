import type { GenerationId, ProjectId, VersionId } from '../contract/ids.ts'
import type { Transaction } from './sql.ts'

/** A run that was stopped, of which something may be left to keep. */
export interface Unfinished {
  id: GenerationId
  projectId: ProjectId
  attempt: number
  prompt: string
  baseVersionId: VersionId | null
  /** There was no room for it before. */
  setAside: boolean
}

/** What stopped runs made, between their end and the version it becomes. */
export function keepingStore(transaction: Transaction) {
  return {
    /** The next run of the project waits for this one's version, for so many seconds; nothing if it never began or has one. */
    async promise(id: GenerationId, seconds: number): Promise<void> {
      await transaction`
        update everjust.generations set keep_until = now() + make_interval(secs => ${seconds})
        where id = ${id} and started_at is not null and version_id is null and mode = 'build'`
    },

    /** The same again for the last run of a project that was away; answers it when something of it may be left to keep. */
    async renew(projectId: ProjectId, seconds: number): Promise<GenerationId | undefined> {
      const [row] = await transaction<{ id: GenerationId }[]>`
        update everjust.generations g set keep_until = now() + make_interval(secs => ${seconds})
        where g.keep_until is not null and g.id = (
          select l.id from everjust.generations l where l.project_id = ${projectId} order by l.created_at desc, l.id desc limit 1)
        returning g.id`
      return row?.id
    },

    /** Prolongs the wait; undefined when there is none any more, because it was kept or another run went on without it. */
    async prolong(id: GenerationId, seconds: number): Promise<Unfinished | undefined> {
      const [row] = await transaction<Unfinished[]>`
        with project as materialized (
          select p.id, p.active_generation_id from everjust.projects p
          join everjust.generations g on g.project_id = p.id
          where g.id = ${id} and p.deleted_at is null for no key update of p)
        update everjust.generations g set keep_until = now() + make_interval(secs => ${seconds})
        from project
        where g.id = ${id} and g.keep_until is not null
          and (g.keep_until > now() or project.active_generation_id is null)
        returning g.id, g.project_id as "projectId", g.attempt, g.prompt, g.base_version_id as "baseVersionId",
          g.set_aside_bytes is not null as "setAside"`
      return row
    },

    /** Ends the wait. Answers the run that may have waited for it. */
    async conclude(id: GenerationId, versionId: VersionId | null): Promise<GenerationId | undefined> {
      const [row] = await transaction<{ id: GenerationId | null }[]>`
        with kept as (
          update everjust.generations g set keep_until = null, version_id = coalesce(g.version_id, ${versionId}),
            set_aside_bytes = null, failure_code = nullif(g.failure_code, 'set_aside')
          where g.id = ${id} and g.keep_until is not null
          returning g.project_id)
        select q.id from kept join everjust.generations q on q.project_id = kept.project_id and q.state = 'queued'`
      return row?.id ?? undefined
    },

    /** The run that waits for another one of its project. */
    async waiting(id: GenerationId): Promise<GenerationId | undefined> {
      const [row] = await transaction<{ id: GenerationId }[]>`
        select q.id from everjust.generations g
        join everjust.generations q on q.project_id = g.project_id and q.state = 'queued'
        where g.id = ${id}`
      return row?.id
    },
  }
}
