import type { GenerationId, ProjectId, VersionId } from '../contract/ids.ts'
import type { Sandbox, SandboxResources } from '../contract/sandbox.ts'
import type { SandboxChoice } from '../contract/workshop.ts'
import { tierTable } from '../domain/tiers.ts'
import type { Transaction } from './sql.ts'
import { overridesOf, tierOf } from './terms.ts'

export interface OpenedSandbox {
  providerId: string
  resources: SandboxResources
  versionId: VersionId | null
  previewUrl: string
  liveUrl: string
  urlsExpireAt: Date
  byMail: boolean
  /** The settings it was started with; null when they are those of an earlier start. */
  applied: SandboxChoice | null
}

/** What jobs and schedules alone write down of sandboxes. */
export function sandboxWorkStore(transaction: Transaction) {
  return {
    /** From now on runs wait while it is stopped or removed; false when one is under way already. */
    async beginClearing(projectId: ProjectId, seconds: number): Promise<boolean> {
      const rows = await transaction`
        with project as materialized (
          select id from everjust.projects
          where id = ${projectId} and deleted_at is null and active_generation_id is null for no key update)
        update everjust.sandboxes b set clearing_until = now() + make_interval(secs => ${seconds})
        from project where b.project_id = project.id
        returning b.project_id`
      return rows.length > 0
    },

    /** Answers the run that may have waited. */
    async endClearing(projectId: ProjectId): Promise<GenerationId | undefined> {
      const [row] = await transaction<{ id: GenerationId }[]>`
        with cleared as (
          update everjust.sandboxes set clearing_until = null where project_id = ${projectId} returning project_id)
        select q.id from cleared join everjust.generations q on q.project_id = cleared.project_id and q.state = 'queued'`
      return row?.id
    },

    /**
     * Records a started sandbox and its addresses; that of the preview is null when it was spent meanwhile. Undefined when
     * it is in none of these states: somebody wants it otherwise.
     */
    async opened(
      projectId: ProjectId,
      made: OpenedSandbox,
      from: readonly Sandbox['state'][],
    ): Promise<{ previewUrl: string | null } | undefined> {
      const [row] = await transaction<{ previewUrl: string | null }[]>`
        update everjust.sandboxes set state = 'started', problem = null, provider_id = ${made.providerId},
          resources = ${transaction.json(made.resources)}, applied = coalesce(${made.applied && transaction.json(made.applied)}, applied),
          version_id = ${made.versionId}, live_url = ${made.liveUrl},
          preview_url = case when not exists (select from everjust.spent_addresses a where a.url = ${made.previewUrl})
            then ${made.previewUrl} end,
          urls_expire_at = ${made.urlsExpireAt}, by_mail = ${made.byMail}, updated_at = now(),
          used_at = case when state = 'started' then used_at else now() end
        where project_id = ${projectId}
          and state in (select jsonb_array_elements_text(${transaction.json([...from])}))
        returning preview_url as "previewUrl"`
      return row
    },

    /** The end of a wish: stopped, or failed with the problem a person reads. Only from the state that the wish set. */
    async closed(
      projectId: ProjectId,
      { from, to, problem }: { from: 'starting' | 'stopping'; to: 'stopped' | 'failed'; problem: string | null },
    ): Promise<boolean> {
      const rows = await transaction`
        update everjust.sandboxes set state = ${to}, problem = ${problem}, updated_at = now()
        where project_id = ${projectId} and state = ${from}
        returning project_id`
      return rows.length > 0
    },

    /** Marks sandboxes nobody used for their idle time, the tier's or a shorter one that was chosen, and no run needs. */
    async retireIdle(limit: number): Promise<ProjectId[]> {
      const minutes = Object.entries(tierTable).map(([tier, { limits }]) => ({ tier, minutes: limits.idleMinutes }))
      const rows = await transaction<{ projectId: ProjectId }[]>`
        update everjust.sandboxes s set state = 'stopping', updated_at = now()
        where s.project_id in (
          select i.project_id
          from everjust.sandboxes i
          join everjust.projects p on p.id = i.project_id and p.active_generation_id is null
          join everjust.organizations o on o.id = p.organization_id
          join jsonb_to_recordset(${transaction.json(minutes)}) as allowed (tier text, minutes int)
            on allowed.tier = ${tierOf(transaction)}
          left join everjust.sandbox_settings s on s.project_id = i.project_id
          where i.state = 'started' and i.used_at < now() - make_interval(mins => least(s.auto_stop_minutes, coalesce(
            (${overridesOf(transaction)}->>'idleMinutes')::int, allowed.minutes)))
          order by i.used_at
          limit ${limit}
          for update of i skip locked)
        returning s.project_id as "projectId"`
      return rows.map(({ projectId }) => projectId)
    },
  }
}
