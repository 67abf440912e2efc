import type { ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import type { ReplyMessage } from './reply.ts'

const tick = 15

type Pace = {
  /** Milliseconds for the whole answer. */
  duration: number
  /** How much of it is sent before the connection breaks; 1 for all. */
  share: number
}

/** Streams an answer as server-sent events, spread evenly; stops when the caller leaves. */
export async function stream(
  response: ServerResponse,
  message: ReplyMessage,
  { duration, share }: Pace,
): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' })
  const events = eventsOf(message).map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`)
  const end = Math.ceil(events.length * share)
  const batch = Math.ceil(events.length / Math.max(1, Math.floor(duration / tick)))
  const began = performance.now()
  for (let at = 0; at < end && !response.destroyed; at += batch) {
    response.write(events.slice(at, Math.min(end, at + batch)).join(''))
    const due = began + (duration * Math.min(events.length, at + batch)) / events.length
    if (due > performance.now() + 1) await wait(due - performance.now())
  }
  if (share < 1) response.destroy()
  else response.end()
}

/** How long a reply takes when nothing else is asked for: 150 to 400 ms, longer for longer ones. */
export const paceOf = ({ usage }: ReplyMessage): number => Math.min(400, 150 + usage.output_tokens / 8)

type StreamEvent = { type: string } & Record<string, unknown>

function eventsOf({ content, stop_reason, usage, ...rest }: ReplyMessage): StreamEvent[] {
  const start = { ...rest, content: [], stop_reason: null, usage: { ...usage, output_tokens: 1 } }
  return [
    { type: 'message_start', message: start },
    { type: 'ping' },
    ...content.flatMap(eventsOfBlock),
    { type: 'message_delta', delta: { stop_reason, stop_sequence: null }, usage },
    { type: 'message_stop' },
  ]
}

function eventsOfBlock(block: ReplyMessage['content'][number], index: number): StreamEvent[] {
  const isText = block.type === 'text'
  const empty = isText ? { type: 'text', text: '' } : { ...block, input: {} }
  const pieces = isText ? piecesOf(block.text, 14) : piecesOf(JSON.stringify(block.input), 60)
  const delta = (piece: string) =>
    isText ? { type: 'text_delta', text: piece } : { type: 'input_json_delta', partial_json: piece }
  return [
    { type: 'content_block_start', index, content_block: empty },
    ...pieces.map((piece) => ({ type: 'content_block_delta', index, delta: delta(piece) })),
    { type: 'content_block_stop', index },
  ]
}

// Cut between code points: half an emoji would not survive the wire.
const piecesOf = (text: string, size: number): string[] => text.match(new RegExp(`.{1,${size}}`, 'gsu')) ?? []
