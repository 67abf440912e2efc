import type { OrganizationId, UserId } from '../contract/ids.ts'
import type { Member, Organization } from '../contract/organization.ts'
import type { Role } from '../contract/user.ts'
import { mostUnpaid } from '../domain/organizations.ts'
import type { Transaction } from './sql.ts'

/** How a change of who belongs ended: made, of nobody known here, not the caller's to make, or leaving nobody who owns it. */
export type Changed = 'done' | 'unknown' | 'forbidden' | 'last_owner'

/** Organizations and who belongs to them. What changes that is decided in the database, one change after the other. */
export function organizationStore(transaction: Transaction) {
  const changed = async (of: OrganizationId, who: UserId, role: Role | null): Promise<Changed> => {
    const [row] = await transaction<{ outcome: Changed }[]>`
      select everjust.change_member(${of}, ${who}, ${role}) as outcome`
    return row?.outcome ?? 'unknown'
  }

  return {
    /** False when the caller owns as many that nobody pays for as one person may. */
    async make(id: OrganizationId, name: string): Promise<boolean> {
      const [row] = await transaction<{ made: boolean }[]>`
        select everjust.open_organization(${id}, ${name}, ${mostUnpaid}) as made`
      return row?.made ?? false
    },

    async find(id: OrganizationId): Promise<Organization | undefined> {
      const [row] = await transaction<(Omit<Organization, 'createdAt'> & { createdAt: Date })[]>`
        select o.id, o.name, o.kind, o.tier, o.created_at as "createdAt", everjust.my_role(o.id) as role,
          (select count(*)::int from everjust.memberships m where m.organization_id = o.id) as members
        from everjust.organizations o where o.id = ${id}`
      return row && { ...row, createdAt: row.createdAt.toISOString() }
    },

    async rename(id: OrganizationId, name: string): Promise<void> {
      await transaction`update everjust.organizations set name = ${name} where id = ${id}`
    },

    async members(id: OrganizationId): Promise<Member[]> {
      const rows = await transaction<(Omit<Member, 'joinedAt'> & { joinedAt: Date })[]>`
        select user_id as id, name, email, role, joined_at as "joinedAt" from everjust.people_of(${id})`
      return rows.map((row) => ({ ...row, joinedAt: row.joinedAt.toISOString() }))
    },

    setRole: changed,
    /** The caller too may be removed, which is leaving. */
    remove: (of: OrganizationId, who: UserId) => changed(of, who, null),

    async transfer(of: OrganizationId, to: UserId): Promise<Changed> {
      const [row] = await transaction<{ outcome: Changed }[]>`
        select everjust.transfer_organization(${of}, ${to}) as outcome`
      return row?.outcome ?? 'unknown'
    },
  }
}
