import { newId, type ExportId, type UserId } from '../contract/ids.ts'
import type { OnEnqueued } from './jobs.ts'
import type { Transaction } from './sql.ts'

export interface StoredExport {
  id: ExportId
  askedAt: string
  readyAt: string | null
  expiresAt: string
  parts: { bytes: number }[]
}

/** What people take along of themselves. */
export function exportStore(transaction: Transaction, onEnqueued: OnEnqueued = () => {}) {
  return {
    /** False while another one is under way. */
    async ask(): Promise<boolean> {
      const jobId = newId('job')
      const [row] = await transaction<{ id: string | null }[]>`
        select everjust.ask_export(${newId('export')}, ${jobId}) as id`
      if (row?.id) onEnqueued('export-person', jobId)
      return Boolean(row?.id)
    },

    /** Those of a person that have not expired, the last first. */
    async list(userId: UserId): Promise<StoredExport[]> {
      const rows = await transaction<(Omit<StoredExport, 'askedAt' | 'readyAt' | 'expiresAt'> & Moments)[]>`
        select id, created_at as "askedAt", ready_at as "readyAt", expires_at as "expiresAt", parts
        from everjust.exports where user_id = ${userId} and expires_at > now()
        order by created_at desc, id limit 20`
      return rows.map(({ askedAt, readyAt, expiresAt, ...row }) => ({
        ...row,
        askedAt: askedAt.toISOString(),
        readyAt: readyAt?.toISOString() ?? null,
        expiresAt: expiresAt.toISOString(),
      }))
    },
  }
}

interface Moments {
  askedAt: Date
  readyAt: Date | null
  expiresAt: Date
}
