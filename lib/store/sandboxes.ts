import type { GenerationId, ProjectId, VersionId } from '../contract/ids.ts'
import type { Template } from '../contract/project.ts'
import type { Sandbox } from '../contract/sandbox.ts'
import type { SandboxChoice } from '../contract/workshop.ts'
import type { Limits } from '../contract/limits.ts'
import type { KnownSandbox } from '../domain/sandbox.ts'
import { allowedChoice, unchosen } from '../domain/sandbox-choice.ts'
import { limitsOf, type Terms } from '../domain/limits.ts'
import type { Transaction } from './sql.ts'
import { termsColumns } from './terms.ts'
import { chosenColumn } from './workshop.ts'

export interface Purpose {
  template: Template
  limits: Limits
  currentVersionId: VersionId | null
  activeGenerationId: GenerationId | null
  /** What people chose for it, as far as the tier allows. */
  chosen: SandboxChoice
}

/** What is known of each project's sandbox; the sandbox itself may vanish at any time. */
export function sandboxStore(transaction: Transaction) {
  const columns = transaction`
    project_id as "projectId", provider_id as "providerId", state, problem, resources, version_id as "versionId",
    preview_url as "previewUrl", live_url as "liveUrl", urls_expire_at as "urlsExpireAt", updated_at as "updatedAt",
    by_mail as "byMail"`

  return {
    async find(projectId: ProjectId): Promise<KnownSandbox | undefined> {
      const [row] = await transaction<KnownSandbox[]>`
        select ${columns} from everjust.sandboxes where project_id = ${projectId}`
      return row
    },

    /** What a sandbox of this project is for; undefined once the project is deleted. */
    async purpose(projectId: ProjectId): Promise<Purpose | undefined> {
      type Row = Omit<Purpose, 'limits'> & Terms & { chosen: SandboxChoice | null }
      const [row] = await transaction<Row[]>`
        select p.template, ${termsColumns(transaction)}, p.current_version_id as "currentVersionId",
          p.active_generation_id as "activeGenerationId", ${chosenColumn(transaction)} as chosen
        from everjust.projects p join everjust.organizations o on o.id = p.organization_id
        left join everjust.sandbox_settings s on s.project_id = p.id
        where p.id = ${projectId} and p.deleted_at is null`
      if (!row) return undefined
      const { tier, seats, overrides, ...rest } = row
      const limits = limitsOf({ tier, seats, overrides })
      return { ...rest, limits, chosen: allowedChoice(row.chosen ?? unchosen, limits) }
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
    ): Promise<KnownSandbox | undefined> {
      const [row] = await transaction<KnownSandbox[]>`
        insert into everjust.sandboxes as s (project_id, state) values (${projectId}, ${to})
        on conflict (project_id) do update
          set state = ${to}, problem = null, used_at = now(), updated_at = now()
          where s.state in (select jsonb_array_elements_text(${transaction.json([...from])}))
        returning ${columns}`
      return row
    },
  }
}
