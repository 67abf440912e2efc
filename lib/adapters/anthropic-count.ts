import * as z from 'zod'
import type { Secret } from '../config.ts'
import type { TokenCounter } from '../ports/token-counter.ts'

const Counted = z.object({ input_tokens: z.int().min(0) })
const mostMs = 2_000

/** Token counting of Anthropic's Messages API. A price need not wait for it: no answer within two seconds is none. */
export function openTokenCounter({ url, key }: { url: string; key: Secret }): TokenCounter {
  const address = `${url.replace(/\/$/, '')}/v1/messages/count_tokens`
  return {
    async count(request) {
      try {
        const answer = await fetch(address, {
          method: 'POST',
          headers: {
            'anthropic-version': '2023-06-01',
            'x-api-key': key.reveal(),
            'content-type': 'application/json',
          },
          body: JSON.stringify(request),
          redirect: 'error',
          signal: AbortSignal.timeout(mostMs),
        })
        return answer.ok ? Counted.parse(await answer.json()).input_tokens : undefined
      } catch {
        return undefined
      }
    },
  }
}
