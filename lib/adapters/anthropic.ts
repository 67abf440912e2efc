import type { Secret } from '../config.ts'
import type { ModelRequest } from '../contract/model.ts'
import { Fault } from '../ports/fault.ts'
import type { ModelUpstream } from '../ports/model-upstream.ts'

/** The Messages API of Anthropic, or of a server that speaks it. Of the caller's headers only the two versions go along. */
export function openAnthropic({ url, key }: { url: string; key: Secret }): ModelUpstream {
  const address = `${url.replace(/\/$/, '')}/v1/messages`
  return {
    async ask(body, headers, signal) {
      try {
        return await fetch(address, {
          method: 'POST',
          headers: { ...versions(headers), 'x-api-key': key.reveal(), 'content-type': 'application/json' },
          body: JSON.stringify(body),
          redirect: 'error',
          signal,
        })
      } catch (cause) {
        throw new Fault('anthropic', 'asking the model', { retryable: true, cause })
      }
    },
  }
}

const versions = (headers: ModelRequest['headers']) =>
  Object.fromEntries(Object.entries(headers).filter((each): each is [string, string] => each[1] !== undefined))
