import type { OrganizationId, ProjectId } from '../contract/ids.ts'
import type { Transaction } from './sql.ts'

export interface StoredProjectSize {
  projectId: ProjectId
  name: string
  usedBytes: number
}

/** What is stored: each content of a project once, however many versions it is in. */
export function storageStore(transaction: Transaction) {
  return {
    async ofProject(projectId: ProjectId): Promise<number> {
      const [row] = await transaction<{ bytes: string }[]>`
        select coalesce(sum(size), 0) as bytes from everjust.blobs where project_id = ${projectId}`
      return Number(row?.bytes ?? 0)
    },

    /** The fullest projects, and what all of them store. */
    async ofOrganization(
      organizationId: OrganizationId,
      most: number,
    ): Promise<{ usedBytes: number; projects: StoredProjectSize[] }> {
      const rows = await transaction<(Record<'bytes' | 'all', string> & Omit<StoredProjectSize, 'usedBytes'>)[]>`
        select p.id as "projectId", p.name, b.bytes, sum(b.bytes) over () as all
        from everjust.projects p
        join lateral (select coalesce(sum(size), 0) as bytes from everjust.blobs where project_id = p.id) b on true
        where p.organization_id = ${organizationId} and p.deleted_at is null
        order by b.bytes desc, p.id
        limit ${most}`
      return {
        usedBytes: Number(rows[0]?.all ?? 0),
        projects: rows.map(({ projectId, name, bytes }) => ({ projectId, name, usedBytes: Number(bytes) })),
      }
    },
  }
}
