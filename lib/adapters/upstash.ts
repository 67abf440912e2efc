import { askJson } from '../ask-json.ts'
import type { Secret } from '../config.ts'
import type { Counter } from '../ports/counter.ts'
import { Fault } from '../ports/fault.ts'

export interface Upstash extends Counter {
  /** Rejects with a fault when Redis does not answer. */
  ping(): Promise<void>
}

/** Takes from a minute's allowance in one step, so that no two takers are given the same part of it. */
const takeScript = `
local taken = tonumber(redis.call('get', KEYS[1]) or '0')
local granted = math.max(0, math.min(tonumber(ARGV[1]), tonumber(ARGV[2]) - taken))
if granted > 0 then
  redis.call('incrby', KEYS[1], granted)
  redis.call('expire', KEYS[1], 120)
end
return granted`

/** A limit that cannot be asked for quickly is not worth the wait: the caller has a fallback, and a person is waiting. */
const deadlineMs = 300

/**
 * Redis over the REST API of Upstash: one POST for each command, once. The vendor's client would be a third of the
 * function's bundle, and two commands need none of it.
 */
export function openUpstash({ url, token, now }: { url: string; token: Secret; now: () => number }): Upstash {
  async function send(doing: string, command: readonly string[]): Promise<unknown> {
    try {
      const { status, json } = await askJson(url, {
        method: 'POST',
        headers: { authorization: `Bearer ${token.reveal()}`, 'content-type': 'application/json' },
        body: JSON.stringify(command),
        deadlineMs,
      })
      const { result, error } = (json ?? {}) as { result?: unknown; error?: string }
      if (status !== 200 || error !== undefined) throw new Error(error ?? `status ${status}`)
      return result
    } catch (cause) {
      throw new Fault('redis', doing, { retryable: true, cause })
    }
  }

  return {
    async take(subject, want, limit) {
      const minute = Math.floor(now() / 60_000)
      const key = `rate:${subject}:${minute}`
      const granted = await send('counting a request', ['EVAL', takeScript, '1', key, String(want), String(limit)])
      return { granted: Number(granted), retryAfterSeconds: Math.ceil(((minute + 1) * 60_000 - now()) / 1_000) }
    },
    async ping() {
      await send('answering a ping', ['PING'])
    },
  }
}
