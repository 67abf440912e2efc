import type { OrganizationId, ProjectId, UserId } from '../contract/ids.ts'
import type { Subject } from '../domain/fates.ts'
import { tracesOf, type Outside } from '../domain/holdings.ts'
import type { NamesOutside } from './receipt-work.ts'
import type { Transaction } from './sql.ts'

/** Rows of what is deleted, by the register of every store: how they go, and how many are left. For jobs alone. */
export function erasureStore(transaction: Transaction) {
  const named = (table: string) => transaction(`everjust.${table}`)

  return {
    /** How many rows of each table still tell of it. */
    async rowsLeft(subject: Subject, id: string): Promise<Record<string, number>> {
      const counts = await Promise.all(
        tracesOf(subject).map(async ({ table, fate }) => {
          const full =
            fate.fate === 'emptied'
              ? transaction`and not to_jsonb(t) @> ${transaction.json(fate.to(id))}`
              : transaction``
          const [row] = await transaction<{ left: number }[]>`
            select count(*)::int as left from ${named(table)} t where t.${transaction(fate.column)} = ${id} ${full}`
          return [table, row?.left ?? 0] as const
        }),
      )
      return Object.fromEntries(counts)
    },

    /** Removes and empties the rows of an organization or a person; those of its projects went before. */
    async erase(subject: 'organization' | 'person', id: string): Promise<void> {
      for (const { table, fate } of tracesOf(subject)) {
        const column = transaction(fate.column)
        if (fate.fate === 'removed') await transaction`delete from ${named(table)} where ${column} = ${id}`
        if (fate.fate === 'emptied')
          await transaction`update ${named(table)} set ${transaction(fate.to(id))} where ${column} = ${id}`
      }
    },

    /** A project of a deleted organization that is there, or has no receipt yet; undefined when there is none any more. */
    async projectOf(organizationId: OrganizationId): Promise<ProjectId | undefined> {
      const [row] = await transaction<{ id: ProjectId }[]>`
        select p.id from everjust.projects p join everjust.organizations o on o.id = p.organization_id
        where o.id = ${organizationId} and o.deleted_at is not null
        union all
        select r.subject from everjust.deletion_receipts r
        where r.organization_id = ${organizationId} and r.kind = 'project' and r.signed is null
        limit 1`
      return row?.id
    },

    /** By which names others know it; of a person, until that is forgotten. */
    async namesOutside(subject: 'organization' | 'person', id: string): Promise<NamesOutside> {
      const rows = await transaction<{ name: string; place: Outside }[]>`${
        subject === 'person'
          ? transaction`select subject as name, 'issuer' as place from everjust.users
              where id = ${id} and deleted_at is not null and issuer <> ''
              union all
              select i.subject, 'issuer' from everjust.identities i join everjust.users u on u.id = i.user_id
              where u.id = ${id} and u.deleted_at is not null`
          : transaction`
              select customer_id as name, 'payments' as place from everjust.billing_accounts
              where organization_id = ${id} and customer_id is not null
              union all
              select issuer_organization, 'companies' from everjust.sign_in_rules
              where organization_id = ${id} and issuer_organization is not null`
      }`
      return Object.fromEntries(rows.map(({ name, place }) => [name, place]))
    },

    /** What is known by the mail address alone: invitations and mails that wait. */
    async eraseAddress(userId: UserId): Promise<void> {
      const own = transaction`
        select lower(u.email) from everjust.users u where u.id = ${userId} and u.deleted_at is not null
        union select lower(i.email) from everjust.identities i join everjust.users u on u.id = i.user_id
        where u.id = ${userId} and u.deleted_at is not null`
      await transaction`delete from everjust.invitations where lower(email) in (${own})`
      await transaction`delete from everjust.notices where lower(recipient) in (${own})`
    },
  }
}
