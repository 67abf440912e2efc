import type { ImageId, OrganizationId, ProjectId, UserId } from '../contract/ids.ts'
import type { ImageType } from '../domain/image.ts'
import type { Transaction } from './sql.ts'

export interface ExportedProject {
  id: ProjectId
  organizationId: OrganizationId
  /** Whether it is the person's: of their own organization, or of one they own. Of others they take their own words. */
  whole: boolean
  about: Record<string, unknown>
}

export interface ExportedImage {
  id: ImageId
  mine: boolean
  mediaType: ImageType
  broughtAt: Date
}

type Rows = Record<string, unknown>[]

/** What is exported of projects. */
export function exportProjectStore(transaction: Transaction) {
  return {
    /** The next project that something of the person is in. */
    async projectAfter(userId: UserId, after: ProjectId | ''): Promise<ExportedProject | undefined> {
      const [row] = await transaction<ExportedProject[]>`
        select p.id, p.organization_id as "organizationId", coalesce(m.role = 'owner', false) as whole,
          jsonb_build_object('id', p.id, 'name', p.name, 'template', p.template, 'visibility', p.visibility,
            'createdAt', p.created_at, 'organizationId', p.organization_id) as about
        from everjust.projects p
        left join everjust.memberships m on m.organization_id = p.organization_id and m.user_id = ${userId}
        where p.id > ${after} and p.deleted_at is null
          and (m.role = 'owner'
            or exists (select from everjust.generations g where g.project_id = p.id and g.requested_by = ${userId})
            or exists (select from everjust.images i where i.project_id = p.id and i.uploaded_by = ${userId}))
        order by p.id limit 1`
      return row
    },

    /** What was asked and answered there: all of it, or what the person asked. */
    async conversation({ id, whole }: ExportedProject, userId: UserId): Promise<Rows> {
      return transaction<Rows>`
        select id, requested_by = ${userId} as "mine", mode, model, state, prompt, attachments, answer,
          created_at as "askedAt", ended_at as "endedAt"
        from everjust.generations
        where project_id = ${id} and (${whole} or requested_by = ${userId})
        order by created_at, id`
    },

    /** Those that were shown there: all, or what the person brought. */
    async images({ id, whole }: ExportedProject, userId: UserId): Promise<ExportedImage[]> {
      return transaction<ExportedImage[]>`
        select id, uploaded_by = ${userId} as "mine", media_type as "mediaType", created_at as "broughtAt"
        from everjust.images
        where project_id = ${id} and checked_at is not null and (${whole} or uploaded_by = ${userId})
        order by created_at, id`
    },

    async versions({ id }: ExportedProject): Promise<Rows> {
      return transaction<Rows>`
        select id, number, name, message, source, created_at as "createdAt" from everjust.versions
        where project_id = ${id} order by number`
    },
  }
}
