import { mostGuests, type Guest, type GuestRole, type InvitedGuest } from '../contract/guest.ts'
import type { InvitationId, OrganizationId, ProjectId, UserId } from '../contract/ids.ts'
import { projectColumns, toProject, type ProjectRow, type StoredProject } from './project-row.ts'
import type { Transaction } from './sql.ts'
import { takeTurn } from './turns.ts'

interface NewGuestRow {
  id: InvitationId
  organizationId: OrganizationId
  projectId: ProjectId
  digest: string
  email: string
  role: GuestRole
  createdBy: UserId
  hours: number
}

type InvitedRow = Omit<InvitedGuest, 'createdAt' | 'expiresAt'> & { createdAt: Date; expiresAt: Date }

/** How it ended when a project was to move: to where the caller may make none, to where it is, or not now. */
export type Moved = 'done' | 'unknown' | 'forbidden' | 'same' | 'active' | 'awake'

/** Who sees one project without being a member of its organization. */
export function guestStore(transaction: Transaction) {
  const columns = transaction`i.id, i.email, i.role, i.created_at as "createdAt", i.expires_at as "expiresAt"`
  const good = transaction`i.revoked_at is null and i.expires_at > now() and i.used < i.uses`

  return {
    async list(projectId: ProjectId): Promise<Guest[]> {
      const rows = await transaction<(Omit<Guest, 'joinedAt'> & { joinedAt: Date })[]>`
        select user_id as id, name, email, role, joined_at as "joinedAt" from everjust.guests_of(${projectId})`
      return rows.map((row) => ({ ...row, joinedAt: row.joinedAt.toISOString() }))
    },

    /** Those who have not come yet; admins alone see any. */
    async invited(projectId: ProjectId): Promise<InvitedGuest[]> {
      const rows = await transaction<InvitedRow[]>`
        select ${columns} from everjust.invitations i
        where i.project_id = ${projectId} and ${good} order by i.created_at desc, i.id`
      return rows.map(toInvited)
    },

    /** Undefined when the project has as many as it may, or as many were invited in a day. */
    async invite(given: NewGuestRow): Promise<InvitedGuest | undefined> {
      const { id, organizationId, projectId, digest, email, role, createdBy, hours } = given
      const [, [row]] = await Promise.all([
        takeTurn(transaction, 'invitations', projectId),
        transaction<InvitedRow[]>`
        with i as (
          insert into everjust.invitations
            (id, organization_id, project_id, digest, role, email, uses, created_by, expires_at)
          select ${id}, ${organizationId}, p.id, ${digest}, ${role}, ${email}, 1, ${createdBy},
            now() + make_interval(hours => ${hours}::int)
          from everjust.projects p where p.id = ${projectId} and p.organization_id = ${organizationId}
            and (select count(*) from everjust.project_guests g where g.project_id = p.id)
              + (select count(*) from everjust.invitations i where i.project_id = p.id
                and (${good} or i.used = 0 and i.created_at > now() - interval '1 day')) < ${mostGuests}
          returning *)
        select ${columns} from i`,
      ])
      return row && toInvited(row)
    },

    async revoke(projectId: ProjectId, id: InvitationId): Promise<boolean> {
      const rows = await transaction`
        update everjust.invitations i set revoked_at = now()
        where i.project_id = ${projectId} and i.id = ${id} and ${good} returning i.id`
      return rows.length > 0
    },

    async setRole(projectId: ProjectId, userId: UserId, role: GuestRole): Promise<boolean> {
      const rows = await transaction`
        update everjust.project_guests set role = ${role}
        where project_id = ${projectId} and user_id = ${userId} returning user_id`
      return rows.length > 0
    },

    async isGuest(projectId: ProjectId, userId: UserId): Promise<boolean> {
      const rows = await transaction`
        select from everjust.project_guests where project_id = ${projectId} and user_id = ${userId}`
      return rows.length > 0
    },

    async remove(projectId: ProjectId, userId: UserId): Promise<boolean> {
      const rows = await transaction`
        delete from everjust.project_guests where project_id = ${projectId} and user_id = ${userId} returning user_id`
      return rows.length > 0
    },

    /** What a person is a guest of, the last changed first. */
    async visited(userId: UserId): Promise<StoredProject[]> {
      const rows = await transaction<ProjectRow[]>`
        select ${projectColumns(transaction)}
        from everjust.project_guests g join everjust.projects p on p.id = g.project_id
        where g.user_id = ${userId} and p.deleted_at is null
        order by p.updated_at desc, p.id desc limit 200`
      return rows.map(toProject)
    },

    async move(projectId: ProjectId, to: OrganizationId): Promise<Moved> {
      const [row] = await transaction<{ outcome: Moved }[]>`
        select everjust.move_project(${projectId}, ${to}) as outcome`
      return row?.outcome ?? 'unknown'
    },
  }
}

const toInvited = ({ createdAt, expiresAt, ...rest }: InvitedRow): InvitedGuest => ({
  ...rest,
  createdAt: createdAt.toISOString(),
  expiresAt: expiresAt.toISOString(),
})
