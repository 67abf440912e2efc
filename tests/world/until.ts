import { setTimeout as sleep } from 'node:timers/promises'

/** Asks again until the answer is what was hoped for, and fails after the deadline. */
export async function until<Value>(
  ask: () => Promise<Value> | Value,
  hoped: (value: Value) => boolean,
  deadlineMs = 30_000,
): Promise<Value> {
  const end = Date.now() + deadlineMs
  for (;;) {
    const value = await ask()
    if (hoped(value)) return value
    if (Date.now() > end) throw new Error(`still ${JSON.stringify(value)} after ${deadlineMs} ms`)
    await sleep(20)
  }
}
