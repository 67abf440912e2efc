import type { GenerationId, OrganizationId, ProjectId } from '../contract/ids.ts'
import { keptHours } from '../contract/library-limits.ts'
import { stillKept } from './kept.ts'
import { projectColumns, toProject, type ProjectRow, type StoredProject } from './project-row.ts'
import type { Transaction } from './sql.ts'

/** Projects that were deleted: those that can be brought back, and those that are being cleared away. */
export function deletionStore(transaction: Transaction) {
  return {
    /** Those of an organization that can be brought back, the last deleted first. */
    async kept(organizationId: OrganizationId): Promise<(StoredProject & { deletedAt: string; goneAt: string })[]> {
      const rows = await transaction<(ProjectRow & { deletedAt: Date })[]>`
        select ${projectColumns(transaction)}, p.deleted_at as "deletedAt"
        from everjust.projects p
        where p.organization_id = ${organizationId} and ${stillKept(transaction)}
          and (p.remixed_from is null or p.current_version_id is not null)
        order by p.deleted_at desc, p.id desc
        limit ${mostShown}`
      return rows.map(({ deletedAt, ...row }) => ({
        ...toProject(row),
        state: 'deleting',
        deletedAt: deletedAt.toISOString(),
        goneAt: new Date(deletedAt.getTime() + keptHours * 3_600_000).toISOString(),
      }))
    },

    /** From now on it cannot be brought back. False when it is not deleted. */
    async giveUp(projectId: ProjectId): Promise<boolean> {
      const rows = await transaction`
        update everjust.projects p set deleted_at = now() - make_interval(hours => ${keptHours})
        where p.id = ${projectId} and ${stillKept(transaction)}
        returning 1`
      return rows.length > 0
    },

    /** What is to be cleared away, and not to be brought back any more. */
    async find(projectId: ProjectId): Promise<{ activeGenerationId: GenerationId | null } | undefined> {
      const [row] = await transaction<{ activeGenerationId: GenerationId | null }[]>`
        select active_generation_id as "activeGenerationId" from everjust.projects p
        where id = ${projectId} and deleted_at is not null and not ${stillKept(transaction)}`
      return row
    },

    /** Removes the rows; what was paid stays in the ledger. */
    async conclude(projectId: ProjectId): Promise<void> {
      await transaction`
        with gone as (
          delete from everjust.projects p
          where id = ${projectId} and deleted_at is not null and not ${stillKept(transaction)}
          returning id)
        delete from everjust.caps c using gone where c.owner_kind = 'project' and c.owner_id = gone.id`
    },
  }
}

const mostShown = 100
