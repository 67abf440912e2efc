import type postgres from 'postgres'
import type { OrganizationId } from '../../lib/contract/ids.ts'

/** Lets an organization wake as many sandboxes as a test likes; those about that limit take it back. */
export async function giveRoom(sql: postgres.Sql, organizationId: OrganizationId): Promise<void> {
  await sql`
    update everjust.organizations set limits = ${sql.json({ sandboxesAtOnce: null })}, limits_reason = 'tests'
    where id = ${organizationId} and limits is null`
}

/** As its tier says, in all things. */
export async function takeRoomBack(sql: postgres.Sql, organizationId: OrganizationId): Promise<void> {
  await sql`update everjust.organizations set limits = null, limits_reason = null where id = ${organizationId}`
}
