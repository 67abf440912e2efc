/** What a month comes to when it goes on as it began; never less than what was used. */
export function forecastOf(used: number, { from, to }: { from: Date; to: Date }, now: Date): number {
  const passed = Math.max(now.getTime() - from.getTime(), leastMs)
  return Math.max(used, Math.round((used * (to.getTime() - from.getTime())) / passed))
}

/** The first hours of a month say little: they count as a day. */
const leastMs = 86_400_000
