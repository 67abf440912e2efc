import type { Secret } from '../config.ts'
import type { TokenCounter } from '../ports/token-counter.ts'

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
        return answer.ok ? countIn(await answer.json()) : undefined
      } catch {
        return undefined
      }
    },
  }
}

function countIn(answer: unknown): number | undefined {
  const count =
    typeof answer === 'object' && answer !== null && 'input_tokens' in answer ? answer.input_tokens : undefined
  return typeof count === 'number' && Number.isSafeInteger(count) && count >= 0 ? count : undefined
}
