/** Limits are counted by the minute of the clock: a test that would cross into the next one waits for it. */
export async function minuteWithRoom(): Promise<void> {
  const left = 60_000 - (Date.now() % 60_000)
  if (left < 20_000) await new Promise((resolve) => setTimeout(resolve, left + 50))
}
