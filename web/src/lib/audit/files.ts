import type { AuditEntry } from '#lib/contract.ts'
import { tableOf, type Columns } from '#lib/site/csv.ts'

const columns: Columns<AuditEntry> = {
  number: ({ n }) => n,
  time: ({ at }) => at,
  actor: ({ actor }) => actor.id,
  name: ({ actor }) => actor.name,
  action: ({ action }) => action,
  subject: ({ subject }) => subject,
  outcome: ({ outcome }) => outcome,
  origin: ({ origin }) => origin,
  request: ({ requestId }) => requestId,
  detail: ({ detail }) => (Object.keys(detail).length > 0 ? JSON.stringify(detail) : ''),
  digest: ({ digest }) => digest,
}

/** One line an entry, for spreadsheets. */
export const csvOf = (entries: readonly AuditEntry[]) => tableOf(columns, entries)

export const jsonOf = (entries: readonly AuditEntry[]) => `${JSON.stringify(entries, null, 2)}\n`
