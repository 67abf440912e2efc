import { createHash } from 'node:crypto'
import type { Counter } from '../ports/counter.ts'
import type { Database } from './sql.ts'

/**
 * Counts in Postgres, exactly, while Redis does not answer: one row for each subject and minute of the database's clock.
 * The row counts what was asked for; what of it was granted follows from the limit.
 */
export function databaseCounter(database: Database): Counter {
  return {
    async take(subject, want, limit) {
      const digest = createHash('sha256').update(subject).digest('base64url')
      const [row] = await database.asWorker(
        (transaction) => transaction<{ taken: number; seconds: number }[]>`
          insert into everjust.rate_windows as w (subject, window_start, taken)
          values (${digest}, date_trunc('minute', now()), ${want})
          on conflict (subject, window_start) do update set taken = w.taken + ${want}
          returning taken, ceil(60 - extract(second from now()))::int as seconds`,
      )
      if (!row) throw new Error('a counted row is always returned')
      const granted = Math.min(want, limit - (row.taken - want))
      return { granted: Math.max(0, granted), retryAfterSeconds: row.seconds }
    },
  }
}
