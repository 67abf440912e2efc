import { Redis } from '@upstash/redis'
import type { Secret } from '../config.ts'
import type { Counter } from '../ports/counter.ts'
import { Fault } from '../ports/fault.ts'

/** Takes from a minute's allowance in one step, so that no two takers are given the same part of it. */
const takeScript = `
local taken = tonumber(redis.call('get', KEYS[1]) or '0')
local granted = math.max(0, math.min(tonumber(ARGV[1]), tonumber(ARGV[2]) - taken))
if granted > 0 then
  redis.call('incrby', KEYS[1], granted)
  redis.call('expire', KEYS[1], 120)
end
return granted`

export interface Upstash extends Counter {
  /** Rejects with a fault when Redis does not answer. */
  ping(): Promise<void>
}

/** Counts in Upstash Redis over REST. One try of 300 ms: the caller has a fallback, and a person is waiting. */
export function openUpstash({ url, token, now }: { url: string; token: Secret; now: () => number }): Upstash {
  const redis = new Redis({
    url,
    token: token.reveal(),
    retry: false,
    enableTelemetry: false,
    enableAutoPipelining: false,
    automaticDeserialization: false,
    readYourWrites: false,
    signal: () => AbortSignal.timeout(300),
  })
  const ask = <T>(doing: string, work: Promise<T>) =>
    work.catch((cause: unknown) => {
      throw new Fault('redis', doing, { retryable: true, cause })
    })
  return {
    async take(subject, want, limit) {
      const minute = Math.floor(now() / 60_000)
      const command = redis.eval<string[], number>(takeScript, [`rate:${subject}:${minute}`], [`${want}`, `${limit}`])
      const granted = Number(await ask('counting a request', command))
      return { granted, retryAfterSeconds: Math.ceil(((minute + 1) * 60_000 - now()) / 1_000) }
    },
    async ping() {
      await ask('answering a ping', redis.ping())
    },
  }
}
