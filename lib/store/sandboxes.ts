import type { ProjectId, VersionId } from '../contract/ids.ts'
import type { Sandbox } from '../contract/sandbox.ts'
import type { Tier } from '../contract/user.ts'
import { tierLimits, type TierLimits } from '../domain/tiers.ts'
import type { Transaction } from './sql.ts'

export interface SandboxRow {
  projectId: ProjectId
  providerId: string | null
  state: Sandbox['state']
  problem: string | null
  versionId: VersionId | null
  previewUrl: string | null
  liveUrl: string | null
  urlsExpireAt: Date | null
  updatedAt: Date
}

export interface OpenedSandbox {
  providerId: string
  versionId: VersionId | null
  previewUrl: string
  liveUrl: string
  urlsExpireAt: Date
}

/** What is known of each project's sandbox; the sandbox itself may vanish at any time. */
export function sandboxStore(transaction: Transaction) {
  const columns = transaction`
    project_id as "projectId", provider_id as "providerId", state, problem, version_id as "versionId",
    preview_url as "previewUrl", live_url as "liveUrl", urls_expire_at as "urlsExpireAt", updated_at as "updatedAt"`

  return {
    async find(projectId: ProjectId): Promise<SandboxRow | undefined> {
      const [row] = await transaction<SandboxRow[]>`
        select ${columns} from everjust.sandboxes where project_id = ${projectId}`
      return row
    },

    /** Counts it as used, at most once a minute. */
    async touch(projectId: ProjectId): Promise<void> {
      await transaction`
        update everjust.sandboxes set used_at = now()
        where project_id = ${projectId} and used_at < now() - interval '1 minute'`
    },

    /** Moves it to a state on the way to another; a fresh row when there is none. `from` limits which states it may leave. */
    async move(
      projectId: ProjectId,
      to: 'starting' | 'stopping',
      from: readonly Sandbox['state'][],
    ): Promise<SandboxRow | undefined> {
      const [row] = await transaction<SandboxRow[]>`
        insert into everjust.sandboxes as s (project_id, state) values (${projectId}, ${to})
        on conflict (project_id) do update
          set state = ${to}, problem = null, used_at = now(), updated_at = now()
          where s.state in (select jsonb_array_elements_text(${transaction.json([...from])}))
        returning ${columns}`
      return row
    },

    /** Records a started sandbox and its addresses. False when somebody asked for it to stop meanwhile. */
    async opened(projectId: ProjectId, made: OpenedSandbox): Promise<boolean> {
      const rows = await transaction`
        update everjust.sandboxes set state = 'started', problem = null, provider_id = ${made.providerId},
          version_id = ${made.versionId}, preview_url = ${made.previewUrl}, live_url = ${made.liveUrl},
          urls_expire_at = ${made.urlsExpireAt}, used_at = now(), updated_at = now()
        where project_id = ${projectId} and state in ('starting', 'started', 'failed')
        returning project_id`
      return rows.length > 0
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

    /** Marks sandboxes nobody used for their tier's idle time, and no run needs, as stopping. */
    async retireIdle(limit: number): Promise<ProjectId[]> {
      const minutes = Object.entries(tierLimits).map(([tier, { sandbox }]) => ({ tier, minutes: sandbox.idleMinutes }))
      const rows = await transaction<{ projectId: ProjectId }[]>`
        update everjust.sandboxes s set state = 'stopping', updated_at = now()
        where s.project_id in (
          select i.project_id
          from everjust.sandboxes i
          join everjust.projects p on p.id = i.project_id and p.active_generation_id is null
          join everjust.organizations o on o.id = p.organization_id
          join jsonb_to_recordset(${transaction.json(minutes)}) as allowed (tier text, minutes int) on allowed.tier = o.tier
          where i.state = 'started' and i.used_at < now() - make_interval(mins => allowed.minutes)
          order by i.used_at
          limit ${limit}
          for update of i skip locked)
        returning s.project_id as "projectId"`
      return rows.map(({ projectId }) => projectId)
    },
  }
}

/** The sandbox as people see it; the preview only while its address is good. */
export function toSandbox(row: SandboxRow | undefined, tier: Tier, now: Date): Sandbox {
  const { cpu, memoryGiB, diskGiB }: TierLimits['sandbox'] = tierLimits[tier].sandbox
  const resources = { cpu, memoryGiB, diskGiB }
  if (!row) return { state: 'absent', resources, preview: null, versionId: null, problem: null, updatedAt: null }
  return {
    state: row.state,
    resources,
    preview: openAddress(row, row.previewUrl, now),
    versionId: row.versionId,
    problem: row.problem,
    updatedAt: row.updatedAt.toISOString(),
  }
}

/** An address of a started sandbox with its end, or null when it is not to be used (any more). */
export function openAddress(row: SandboxRow, url: string | null, now: Date): { url: string; expiresAt: string } | null {
  if (row.state !== 'started' || !url || !row.urlsExpireAt || row.urlsExpireAt <= now) return null
  return { url, expiresAt: row.urlsExpireAt.toISOString() }
}
