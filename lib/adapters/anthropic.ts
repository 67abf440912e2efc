import type { Secret } from '../config.ts'
import type { ModelRequest } from '../contract/model.ts'
import { Fault } from '../ports/fault.ts'
import type { ModelReply, ModelUpstream } from '../ports/model-upstream.ts'
import { openMeter, type Meter } from './anthropic-meter.ts'
import { NotAllowed, type Fetch } from './own-endpoint.ts'

interface Options {
  url: string
  key: Secret
  fetch?: Fetch
}

/** The Messages API of Anthropic, or of a server that speaks it. Of the caller's headers only the two versions go along. */
export function openAnthropic({ url, key, fetch: ask = fetch }: Options): ModelUpstream {
  const address = `${url.replace(/\/$/, '')}/v1/messages`
  return {
    async ask(body, headers, signal) {
      try {
        const answer = await ask(address, {
          method: 'POST',
          headers: { ...versions(headers), 'x-api-key': key.reveal(), 'content-type': 'application/json' },
          body: JSON.stringify(body),
          redirect: 'error',
          signal,
        })
        return replyOf(answer)
      } catch (cause) {
        throw new Fault('anthropic', 'asking the model', { retryable: !(cause instanceof NotAllowed), cause })
      }
    },
  }
}

function versions(headers: ModelRequest['headers']): Record<string, string> {
  const beta = headers['anthropic-beta']
  return {
    'anthropic-version': headers['anthropic-version'],
    ...(beta === undefined ? {} : { 'anthropic-beta': beta }),
  }
}

function replyOf(answer: Response): ModelReply {
  const meter = openMeter()
  return {
    status: answer.status,
    contentType: answer.headers.get('content-type') ?? 'application/json',
    requestId: answer.headers.get('request-id'),
    retryAfter: answer.headers.get('retry-after'),
    texts: read(answer, meter),
    complete: meter.complete,
    usage: meter.usage,
  }
}

async function* read(answer: Response, meter: Meter): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  try {
    for await (const bytes of answer.body ?? []) {
      const text = decoder.decode(bytes, { stream: true })
      meter.read(text)
      yield text
    }
  } catch (cause) {
    throw new Fault('anthropic', 'reading a reply', { retryable: true, cause })
  }
  yield decoder.decode()
}
