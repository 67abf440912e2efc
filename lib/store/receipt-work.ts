import { newId, type OrganizationId, type ProjectId, type ReceiptId, type UserId } from '../contract/ids.ts'
import type { Outside } from '../domain/holdings.ts'
import type { Transaction } from './sql.ts'

/** How a deletion comes to its receipt; for jobs alone. */
export function receiptWorkStore(transaction: Transaction) {
  const openOne = async (which: ReturnType<Transaction>): Promise<OpenReceipt | undefined> => {
    const [row] = await transaction<(Omit<OpenReceipt, 'askedAt'> & { askedAt: Date })[]>`
      select id, kind, subject, organization_id as "organizationId", asked_at as "askedAt", covers
      from everjust.deletion_receipts where signed is null and ${which}`
    return row && { ...row, askedAt: row.askedAt.toISOString() }
  }

  return {
    /** Before the last rows of a project go, and in the same transaction. */
    async begin(projectId: ProjectId): Promise<void> {
      await transaction`
        insert into everjust.deletion_receipts (id, organization_id, kind, subject, asked_at)
        select ${newId('receipt')}, organization_id, 'project', id, deleted_at
        from everjust.projects where id = ${projectId} and deleted_at is not null
        on conflict on constraint deletion_receipts_subject_unique do nothing`
    },

    /** One that was begun for a project and is not signed yet. */
    open: (projectId: ProjectId) => openOne(transaction`subject = ${projectId}`),

    /** The same by its id. */
    openById: (id: ReceiptId) => openOne(transaction`id = ${id}`),

    /** Those of organizations and people that no job works on any more. */
    async forsaken(limit: number): Promise<ReceiptId[]> {
      const rows = await transaction<{ id: ReceiptId }[]>`
        select r.id from everjust.deletion_receipts r
        where r.signed is null and r.covers is not null
          and not exists (select from everjust.jobs j where j.kind = 'delete-account'
            and j.payload ->> 'receiptId' = r.id and j.state in ('queued', 'taken'))
        order by r.asked_at limit ${limit}`
      return rows.map(({ id }) => id)
    },

    /** Keeps these names until it is signed, beside those that were noted before. */
    async note(id: ReceiptId, names: NamesOutside): Promise<void> {
      await transaction`
        update everjust.deletion_receipts
        set covers = jsonb_set(covers, '{outside}', coalesce(covers -> 'outside', '{}') || ${transaction.json({ ...names })})
        where id = ${id} and signed is null`
    },

    async conclude(
      id: ReceiptId,
      { counts, signed }: { counts: Record<string, number>; signed: string },
    ): Promise<void> {
      await transaction`
        update everjust.deletion_receipts
        set counts = ${transaction.json(counts)}, signed = ${signed}, signed_at = now(),
          cleared_at = coalesce(cleared_at, now()), covers = covers - 'outside'
        where id = ${id} and signed is null`
    },
  }
}

/** How others call what is deleted: each name with its place. */
export type NamesOutside = Readonly<Record<string, Outside>>

export interface OpenReceipt {
  id: ReceiptId
  kind: string
  /** The id that what is deleted had. */
  subject: string
  organizationId: OrganizationId
  askedAt: string
  /** What goes along; null for a project. */
  covers: { organizations: OrganizationId[]; person: UserId | null; outside?: NamesOutside } | null
}
