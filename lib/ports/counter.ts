/** Counts how often a subject acts within a minute. */
export interface Counter {
  /** Takes up to `want` of `limit` for this minute; `granted` may be less, 0 means wait `retryAfterSeconds`. */
  take(subject: string, want: number, limit: number): Promise<{ granted: number; retryAfterSeconds: number }>
}
