import type { GenerationId, ProjectId } from '../contract/ids.ts'
import type { OrganizationId } from '../contract/ids.ts'
import { limitsOf, type Terms } from '../domain/limits.ts'
import type { Transaction } from './sql.ts'
import { termsColumns } from './terms.ts'

export interface SetAside {
  id: GenerationId
  projectId: ProjectId
}

/** What stopped runs made and had no room to be stored as a version: it waits, and nothing of it is lost. */
export function setAsideStore(transaction: Transaction) {
  return {
    /** Ends the wait of other runs for it. A run that somebody stopped says so; one that failed has its own reason. */
    async put(id: GenerationId, bytes: number): Promise<void> {
      await transaction`
        update everjust.generations set set_aside_bytes = ${bytes}, keep_until = now(),
          failure_code = case when state = 'cancelled' then 'set_aside' else failure_code end
        where id = ${id} and keep_until is not null`
    },

    /** Those that there is room for by now, in projects where nothing runs. */
    async fitting(limit: number): Promise<SetAside[]> {
      const rows = await transaction<(SetAside & Terms & { organizationId: OrganizationId; needed: string })[]>`
        select g.id, g.project_id as "projectId", ${termsColumns(transaction)},
          g.set_aside_bytes + (select coalesce(sum(size), 0) from everjust.blobs where project_id = g.project_id) as needed
        from everjust.generations g
        join everjust.projects p on p.id = g.project_id
        join everjust.organizations o on o.id = p.organization_id
        where g.set_aside_bytes is not null and g.keep_until is not null and g.superseded_at is null
          and p.deleted_at is null and p.active_generation_id is null
        order by g.ended_at, g.id`
      return rows
        .filter((row) => Number(row.needed) <= (limitsOf(row).storageBytesPerProject ?? Infinity))
        .slice(0, limit)
        .map(({ id, projectId }) => ({ id, projectId }))
    },
  }
}
