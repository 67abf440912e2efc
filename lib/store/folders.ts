import type { FolderId, OrganizationId, UserId } from '../contract/ids.ts'
import type { Folder } from '../contract/library.ts'
import { folderLimit } from '../contract/library-limits.ts'
import type { Transaction } from './sql.ts'
import { takeTurn } from './turns.ts'

interface NewFolderRow {
  id: FolderId
  organizationId: OrganizationId
  name: string
  createdBy: UserId
}

/** Folders of an organization, in which its projects lie. */
export function folderStore(transaction: Transaction) {
  const columns = transaction`f.id, f.name, (select count(*)::int from everjust.projects p
    where p.folder_id = f.id and p.deleted_at is null and p.archived_at is null) as projects`

  return {
    list: (organizationId: OrganizationId): Promise<Folder[]> => transaction<Folder[]>`
      select ${columns} from everjust.folders f
      where f.organization_id = ${organizationId}
      order by everjust.folded(f.name), f.id`,

    /** Undefined when there is one of that name, `full` when there are as many as there may be. */
    async add({ id, organizationId, name, createdBy }: NewFolderRow): Promise<Folder | 'full' | undefined> {
      const [, [row]] = await Promise.all([
        takeTurn(transaction, 'folders', organizationId),
        transaction<{ full: boolean; id: FolderId | null }[]>`
        with room as materialized (
          select count(*) >= ${folderLimit}::int as full from everjust.folders where organization_id = ${organizationId}),
        made as (
          insert into everjust.folders (id, organization_id, name, created_by)
          select ${id}, ${organizationId}, ${name}, ${createdBy} from room where not room.full
          on conflict do nothing
          returning id)
        select room.full, made.id from room left join made on true`,
      ])
      if (row?.full) return 'full'
      return row?.id ? { id, name, projects: 0 } : undefined
    },

    /** Undefined when another one has that name. */
    async rename(id: FolderId, organizationId: OrganizationId, name: string): Promise<Folder | undefined> {
      const [, [row]] = await Promise.all([
        takeTurn(transaction, 'folders', organizationId),
        transaction<Folder[]>`
        update everjust.folders f set name = ${name}
        where f.id = ${id} and not exists (
          select from everjust.folders other where other.organization_id = f.organization_id and other.id <> f.id
            and lower(other.name) = lower(${name}))
        returning ${columns}`,
      ])
      return row
    },

    /** Its projects stay, in no folder. */
    async remove(id: FolderId): Promise<void> {
      await transaction`delete from everjust.folders where id = ${id}`
    },

    async organizationOf(id: FolderId): Promise<OrganizationId | undefined> {
      const [row] = await transaction<{ organizationId: OrganizationId }[]>`
        select organization_id as "organizationId" from everjust.folders where id = ${id}`
      return row?.organizationId
    },
  }
}
