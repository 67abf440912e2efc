import type { ImageId, ProjectId, UserId } from '../contract/ids.ts'
import type { ImageType } from '../domain/image.ts'
import type { Transaction } from './sql.ts'
import { takeTurn } from './turns.ts'

export interface StoredImage {
  id: ImageId
  mediaType: ImageType
  size: number
  sha256: string
  checked: boolean
}

export interface AnnouncedImage extends Omit<StoredImage, 'checked'> {
  projectId: ProjectId
  uploadedBy: UserId
}

/** Images of a project: announced, then put into storage, then checked; only then they may be attached. */
export function imageStore(transaction: Transaction) {
  return {
    /** False when the project has so many already. */
    async announce({ id, projectId, uploadedBy, ...image }: AnnouncedImage, most: number): Promise<boolean> {
      const [, rows] = await Promise.all([
        takeTurn(transaction, 'images', projectId),
        transaction`
        insert into everjust.images (id, project_id, uploaded_by, media_type, size, sha256)
        select ${id}, ${projectId}, ${uploadedBy}, ${image.mediaType}, ${image.size}::bigint, ${image.sha256}
        where (select count(*) from everjust.images where project_id = ${projectId}) < ${most}::int
        returning id`,
      ])
      return rows.length > 0
    },

    async find(projectId: ProjectId, id: ImageId): Promise<StoredImage | undefined> {
      const [row] = await transaction<(Omit<StoredImage, 'size'> & { size: string })[]>`
        select id, media_type as "mediaType", size, sha256, checked_at is not null as checked
        from everjust.images where id = ${id} and project_id = ${projectId}`
      return row && { ...row, size: Number(row.size) }
    },

    async settle(projectId: ProjectId, id: ImageId): Promise<void> {
      await transaction`
        update everjust.images set checked_at = coalesce(checked_at, now())
        where id = ${id} and project_id = ${projectId}`
    },

    async forget(projectId: ProjectId, id: ImageId): Promise<void> {
      await transaction`
        delete from everjust.images where id = ${id} and project_id = ${projectId} and checked_at is null`
    },

    /** Those of these ids that are images of the project and were checked, in no order. */
    async checked(projectId: ProjectId, ids: readonly ImageId[]): Promise<Pick<StoredImage, 'id' | 'mediaType'>[]> {
      if (ids.length === 0) return []
      const rows = await transaction<Pick<StoredImage, 'id' | 'mediaType'>[]>`
        select id, media_type as "mediaType" from everjust.images
        where project_id = ${projectId} and checked_at is not null
          and id in (select jsonb_array_elements_text(${transaction.json([...ids])}))`
      return [...rows]
    },
  }
}
