import type { AuditEntry } from '#lib/contract.ts'

const columns: Record<string, (entry: AuditEntry) => unknown> = {
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

/** One line an entry, for spreadsheets. Column names are those of the API, whatever the reader's language. */
export function csvOf(entries: readonly AuditEntry[]): string {
  const rows = entries.map((entry) => Object.values(columns).map((value) => cell(value(entry))))
  return [Object.keys(columns), ...rows].map((row) => `${row.join(',')}\r\n`).join('')
}

export const jsonOf = (entries: readonly AuditEntry[]) => `${JSON.stringify(entries, null, 2)}\n`

/** A cell that begins like a formula would be run by the spreadsheet: a quote before it makes it text. */
function cell(value: unknown): string {
  const text = value === null || value === undefined ? '' : String(value as string | number)
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
