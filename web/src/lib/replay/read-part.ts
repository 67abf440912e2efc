import type { ModelChunk } from '#lib/contract.ts'
import { count } from '#lib/format.ts'
import { m } from '#lib/messages.ts'
import type { Part } from './frames.ts'

const most = 200_000
const atOnce = 24

/** What a part says, as text to read; null when it cannot be had. */
export async function readPart({ kind, urls }: Part): Promise<string | null> {
  const pieces = await readAll(await urls())
  const whole = pieces.filter((piece) => piece !== null)
  if (whole.length === 0 || whole.length < pieces.length) return null
  const text = kind === 'reply' ? spoken(whole.map((piece) => chunkText(piece)).join('')) : indented(whole.join(''))
  return text.length > most ? `${text.slice(0, most)}\n${m.replay_more({ count: count(text.length - most) })}` : text
}

/** A long reply has thousands of pieces: some at once. */
async function readAll(urls: readonly string[]): Promise<(string | null)[]> {
  const pieces: (string | null)[] = []
  for (let at = 0; at < urls.length; at += atOnce) {
    pieces.push(...(await Promise.all(urls.slice(at, at + atOnce).map(read))))
  }
  return pieces
}

async function read(url: string): Promise<string | null> {
  const response = await fetch(url).catch(() => null)
  return response?.ok ? response.text() : null
}

function chunkText(stored: string): string {
  return (parsed(stored) as Partial<ModelChunk> | null)?.text ?? ''
}

interface StreamEvent {
  content_block?: { type?: string; name?: string; text?: string }
  delta?: { text?: string; partial_json?: string; stop_reason?: string }
  usage?: Record<string, unknown>
}

/** The words and the calls in a stream of events; an answer that is no stream is shown as it came. */
export function spoken(stream: string): string {
  const events = stream
    .split('\n')
    .filter((line) => line.startsWith('data:'))
    .map((line) => parsed(line.slice(5)) as StreamEvent | null)
  if (events.length === 0) return indented(stream)
  const said = events.map((event) => {
    const { content_block: block, delta } = event ?? {}
    if (block?.type === 'tool_use') return `\n\n${block.name ?? m.replay_tool()} `
    return block?.text ?? delta?.text ?? delta?.partial_json ?? ''
  })
  return said.join('').trim()
}

function indented(text: string): string {
  const value = parsed(text)
  return value !== null && typeof value === 'object' ? JSON.stringify(value, null, 2) : text
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
