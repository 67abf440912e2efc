import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import type { CallId } from '../lib/contract/ids.ts'
import { callHeader, failureHeader, type ModelChunk } from '../lib/contract/model.ts'
import type { Sink } from '../lib/work/relay-call.ts'

const ping = ': ping\n\n'
/** At the beginning of a line: the model may well write these words itself. */
const lastEvent = '\nevent: message_stop'

/** The reply as a streamed answer. Its last event is kept back until `end`; what was sent can be stored then. */
export function openStream(response: ServerResponse, { id, pingMs }: { id: CallId; pingMs: number }) {
  let head: Partial<ModelChunk> = {}
  let text = ''
  let sent = 0
  let wroteAt = Date.now()

  async function write(upTo: number): Promise<void> {
    const part = text.slice(sent, upTo)
    if (part === '' || response.destroyed) return
    sent = upTo
    wroteAt = Date.now()
    if (!response.write(part)) await Promise.race([once(response, 'drain'), once(response, 'close')])
  }

  // Between two events only: a comment inside of one would break it.
  const timer = setInterval(() => {
    const between = sent === 0 || text.slice(0, sent).endsWith('\n\n')
    const streaming = response.headersSent && head.contentType?.startsWith('text/event-stream')
    if (streaming && between && Date.now() - wroteAt >= pingMs) response.write(ping)
  }, pingMs / 3)
  response.on('close', () => clearInterval(timer))

  const sink: Sink = {
    begin(given) {
      head = given
      if (!response.destroyed) response.writeHead(given.status ?? 200, headersOf(given, id)).flushHeaders()
    },
    async add(part) {
      text += part
      const last = text.indexOf(lastEvent, Math.max(0, sent - lastEvent.length))
      await write(last === -1 ? text.length : last + 1)
    },
  }
  return {
    ...sink,
    stored: (cut: boolean): ModelChunk => ({ n: 0, ...head, text, done: true, ...(cut ? { cut } : {}) }),
    /** A reply that was cut ends as a connection that broke. */
    end(cut: boolean): void {
      clearInterval(timer)
      if (cut) return void response.destroy()
      response.end(text.slice(sent))
    },
  }
}

const headersOf = ({ contentType, requestId, retryAfter, failure }: Partial<ModelChunk>, id: CallId) => ({
  'content-type': contentType ?? 'application/json',
  'cache-control': 'no-store',
  'x-accel-buffering': 'no',
  [callHeader]: id,
  ...(requestId ? { 'request-id': requestId } : {}),
  ...(retryAfter ? { 'retry-after': retryAfter } : {}),
  ...(failure ? { [failureHeader]: failure } : {}),
})
