import { newId } from '../contract/new-id.ts'
import type { OnEnqueued } from './jobs.ts'
import type { Transaction } from './sql.ts'

/** Addresses of previews that were told to somebody who may not have them any more: the database knows which. */
export function addressEndingStore(transaction: Transaction, onEnqueued: OnEnqueued = () => {}) {
  return {
    /** Sees to it that they are ended soon; after what made them so, in one transaction with it. */
    async begin(): Promise<number> {
      const jobId = newId('job')
      const [row] = await transaction<{ id: string | null }[]>`select everjust.end_addresses(${jobId}) as id`
      if (row?.id) onEnqueued('change-addresses', jobId)
      return row?.id ? 1 : 0
    },
  }
}
