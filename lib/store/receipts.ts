import type { DeletionReceipt } from '../contract/audit.ts'
import type { OrganizationId } from '../contract/ids.ts'
import type { Transaction } from './sql.ts'

/** What deletions left behind as their proof. */
export function receiptStore(transaction: Transaction) {
  return {
    /** Those of an organization, the last first. */
    async list(organizationId: OrganizationId): Promise<DeletionReceipt[]> {
      const rows = await transaction<ReceiptRow[]>`
        select id, kind, subject, asked_at as "askedAt", signed_at as "signedAt", counts, signed
        from everjust.deletion_receipts where organization_id = ${organizationId}
        order by cleared_at desc, id limit ${mostShown}`
      return rows.map(toReceipt)
    },
  }
}

export type ReceiptRow = Omit<DeletionReceipt, 'askedAt' | 'signedAt'> & { askedAt: Date; signedAt: Date | null }

export const toReceipt = ({ askedAt, signedAt, ...row }: ReceiptRow): DeletionReceipt => ({
  ...row,
  askedAt: askedAt.toISOString(),
  signedAt: signedAt?.toISOString() ?? null,
})

const mostShown = 200
