/** The first of so many days of which today is the last, in UTC, as `YYYY-MM-DD`. */
export function firstDay(now: Date, days: number): string {
  const today = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate())
  return new Date(today - (days - 1) * 86_400_000).toISOString().slice(0, 10)
}
