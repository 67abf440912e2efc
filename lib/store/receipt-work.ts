import { newId, type OrganizationId, type ProjectId, type ReceiptId } from '../contract/ids.ts'
import { tracesOfProject } from '../domain/holdings.ts'
import type { Transaction } from './sql.ts'

/** How a deletion comes to its receipt; for jobs alone, so that no request carries the register. */
export function receiptWorkStore(transaction: Transaction) {
  return {
    /** Before the last rows go, and in the same transaction. */
    async begin(projectId: ProjectId): Promise<void> {
      await transaction`
        insert into everjust.deletion_receipts (id, organization_id, kind, subject, asked_at)
        select ${newId('receipt')}, organization_id, 'project', id, deleted_at
        from everjust.projects where id = ${projectId} and deleted_at is not null
        on conflict on constraint deletion_receipts_subject_unique do nothing`
    },

    /** One that was begun and is not signed yet. */
    async open(projectId: ProjectId): Promise<OpenReceipt | undefined> {
      const [row] = await transaction<(Omit<OpenReceipt, 'askedAt'> & { askedAt: Date })[]>`
        select id, kind, subject, organization_id as "organizationId", asked_at as "askedAt"
        from everjust.deletion_receipts where subject = ${projectId} and signed is null`
      return row && { ...row, askedAt: row.askedAt.toISOString() }
    },

    /** How many rows of each table still tell of the project. */
    async rowsLeft(projectId: ProjectId): Promise<Record<string, number>> {
      const counts = await Promise.all(
        tracesOfProject.map(async ({ table, column }) => {
          const [row] = await transaction<{ left: number }[]>`
            select count(*)::int as left from ${transaction(`everjust.${table}`)} where ${transaction(column)} = ${projectId}`
          return [table, row?.left ?? 0] as const
        }),
      )
      return Object.fromEntries(counts)
    },

    async conclude(
      id: ReceiptId,
      { counts, signed }: { counts: Record<string, number>; signed: string },
    ): Promise<void> {
      await transaction`
        update everjust.deletion_receipts
        set counts = ${transaction.json(counts)}, signed = ${signed}, signed_at = now()
        where id = ${id} and signed is null`
    },
  }
}

interface OpenReceipt {
  id: ReceiptId
  kind: string
  subject: ProjectId
  organizationId: OrganizationId
  askedAt: string
}
