export interface AuditFilter {
  action: string
  outcome: string
  actor: string
  /** Days, as a field of the page has them; both are meant inclusively. */
  from: string
  to: string
}

export const noFilter: AuditFilter = { action: '', outcome: '', actor: '', from: '', to: '' }

/** The address of what fits, from the entry after `after` on. */
export function addressOf(path: string, { from, to, ...rest }: AuditFilter, after?: number): string {
  const wanted = { ...rest, from: from && startOf(from), to: to && startOf(to, 1), after: after?.toString() ?? '' }
  const query = new URLSearchParams(Object.entries(wanted).filter(([, value]) => value !== ''))
  return query.size > 0 ? `${path}?${query}` : path
}

/** Where a day of the reader's calendar begins, or the one so many days later. */
function startOf(day: string, later = 0): string {
  const date = new Date(`${day}T00:00`)
  date.setDate(date.getDate() + later)
  return date.toISOString()
}
