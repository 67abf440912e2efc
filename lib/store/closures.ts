import type { DeletionReceipt } from '../contract/audit.ts'
import { newId, type OrganizationId, type ReceiptId } from '../contract/ids.ts'
import { keptHours } from '../contract/library-limits.ts'
import type { OnEnqueued } from './jobs.ts'
import { toReceipt, type ReceiptRow } from './receipts.ts'
import type { Transaction } from './sql.ts'

/** A receipt for what is asked to be deleted; or that it is a personal organization, nobody's known here, or not to go yet. */
export type Asked = { receiptId: ReceiptId } | 'personal' | 'unknown' | { ownedAlone: string }

/** Asking for the deletion of an organization or of oneself: from the same statement on nobody is let in any more. */
export function closureStore(transaction: Transaction, onEnqueued: OnEnqueued = () => {}) {
  return {
    async organization(id: OrganizationId): Promise<Asked> {
      const [receiptId, jobId] = [newId('receipt'), newId('job')]
      const [row] = await transaction<{ outcome: 'asked' | 'personal' | 'unknown' }[]>`
        select everjust.delete_organization(${id}, ${receiptId}, ${jobId}, ${keptHours}) as outcome`
      if (row?.outcome !== 'asked') return row?.outcome ?? 'unknown'
      onEnqueued('delete-account', jobId)
      return { receiptId }
    },

    /** With `ownedAlone`, what an organization is called that others belong to and nobody else owns. */
    async person(): Promise<Asked> {
      const [receiptId, jobId] = [newId('receipt'), newId('job')]
      const [row] = await transaction<{ outcome: 'asked' | 'owner'; organization: string | null }[]>`
        select outcome, organization from everjust.delete_me(${receiptId}, ${jobId}, ${keptHours})`
      if (row?.outcome !== 'asked') return { ownedAlone: row?.organization ?? '' }
      onEnqueued('delete-account', jobId)
      return { receiptId }
    },

    /** To whoever knows its id. */
    async receipt(id: ReceiptId): Promise<DeletionReceipt | undefined> {
      const [row] = await transaction<ReceiptRow[]>`
        select id, kind, subject, asked_at as "askedAt", signed_at as "signedAt", counts, signed
        from everjust.open_receipt(${id})`
      return row && toReceipt(row)
    },
  }
}
