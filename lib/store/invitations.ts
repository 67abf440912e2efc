import type { InvitationId, OrganizationId, ProjectId, UserId } from '../contract/ids.ts'
import { mostInvitations, type Invitation, type OpenedInvitation } from '../contract/organization.ts'
import type { Tier } from '../contract/user.ts'
import type { Transaction } from './sql.ts'
import { takeTurn } from './turns.ts'

interface NewInvitationRow extends Pick<Invitation, 'id' | 'role' | 'email' | 'domains' | 'uses'> {
  organizationId: OrganizationId
  digest: string
  createdBy: UserId
  hours: number
}

type Dated<T extends { expiresAt: string }> = Omit<T, 'createdAt' | 'expiresAt'> & { createdAt: Date; expiresAt: Date }

interface Opened extends Omit<OpenedInvitation, 'expiresAt'> {
  organizationId: OrganizationId
  tier: Tier
  expiresAt: Date
}

/** How it ended: joined, a member before, used up or over, made for somebody else, or no seat free. */
export type Accepted =
  | {
      outcome: 'joined' | 'member'
      id: InvitationId
      organizationId: OrganizationId
      projectId: ProjectId | null
      role: Invitation['role']
    }
  | { outcome: 'over' | 'not_for_you' | 'full' }

/** Invitations to organizations; a link's secret is known by its digest alone. */
export function invitationStore(transaction: Transaction) {
  const columns = transaction`i.id, i.role, i.email, i.domains, i.uses, i.used, i.created_at as "createdAt",
    i.expires_at as "expiresAt", (select coalesce(p.name, p.email) from everjust.people_of(i.organization_id) p
      where p.user_id = i.created_by) as by`
  const good = transaction`i.revoked_at is null and i.expires_at > now() and i.used < i.uses`

  return {
    /** Those that can still be accepted, newest first. */
    async list(organizationId: OrganizationId): Promise<Invitation[]> {
      const rows = await transaction<Dated<Invitation>[]>`
        select ${columns} from everjust.invitations i
        where i.organization_id = ${organizationId} and i.project_id is null and ${good} order by i.created_at desc, i.id`
      return rows.map(toInvitation)
    },

    /** Undefined when there are as many as there may be at a time, or were made in a day. */
    async add(given: NewInvitationRow): Promise<Invitation | undefined> {
      const { id, organizationId, digest, role, email, domains, uses, createdBy, hours } = given
      const [, [row]] = await Promise.all([
        takeTurn(transaction, 'invitations', organizationId),
        transaction<Dated<Invitation>[]>`
        with i as (
          insert into everjust.invitations
            (id, organization_id, digest, role, email, domains, uses, created_by, expires_at)
          select ${id}, ${organizationId}, ${digest}, ${role}, ${email}, ${transaction.json(domains)}, ${uses},
            ${createdBy}, now() + make_interval(hours => ${hours}::int)
          where (select count(*) from everjust.invitations i
            where i.organization_id = ${organizationId} and i.project_id is null
            and (${good} or i.created_at > now() - interval '1 day')) < ${mostInvitations}
          returning *)
        select ${columns} from i`,
      ])
      return row && toInvitation(row)
    },

    async revoke(organizationId: OrganizationId, id: InvitationId): Promise<boolean> {
      const rows = await transaction`
        update everjust.invitations i set revoked_at = now()
        where i.organization_id = ${organizationId} and i.id = ${id} and i.project_id is null and ${good} returning i.id`
      return rows.length > 0
    },

    async open(digest: string): Promise<Opened | undefined> {
      const [row] = await transaction<Opened[]>`
        select organization_id as "organizationId", organization, tier, project, by, role, personal, expires_at as "expiresAt"
        from everjust.open_invitation(${digest})`
      return row
    },

    /** Where `seated`, one of the seats that are paid for must be free. */
    async accept(digest: string, seated: boolean): Promise<Accepted> {
      const [row] = await transaction<Accepted[]>`
        select outcome, invitation_id as id, organization_id as "organizationId",
          project_id as "projectId", role
        from everjust.accept_invitation(${digest}, ${seated})`
      return row ?? { outcome: 'over' }
    },
  }
}

const toInvitation = ({ createdAt, expiresAt, ...rest }: Dated<Invitation>): Invitation => ({
  ...rest,
  createdAt: createdAt.toISOString(),
  expiresAt: expiresAt.toISOString(),
})
