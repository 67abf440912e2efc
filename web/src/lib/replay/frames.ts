import type { CallId, Recording } from '#lib/contract.ts'
import { m } from '#lib/messages.ts'
import type { RecordingSource } from './source.ts'

/** One thing that happened while a request was worked on, and where to read it. */
export interface Frame {
  key: string
  /** The step it belongs to, from 1. */
  step: number
  title: string
  /** What failed is said so. */
  failed: boolean
  parts: Part[]
}
export interface Part {
  name: string
  kind: 'request' | 'reply' | 'text'
  /** Where its pieces are read, in order; nowhere when they are no longer stored. */
  urls: () => string[] | Promise<string[]>
}

type Pieces = Pick<RecordingSource, 'object' | 'request' | 'reply'>

/** A tool as the conversation shows it: what it was used on. */
interface Used {
  tool: string
  target: string
}

/**
 * A recording as frames to step through: each request with its reply, then each tool with what it was given and gave.
 * What a tool was used on is taken from the conversation, which tells the same tools in the same order.
 */
export function framesOf(recording: Recording, source: Pieces, used: readonly Used[]): Frame[] {
  let seen = -1
  const targetOf = (name: string) => {
    const next = used.findIndex(({ tool }, index) => index > seen && tool === name)
    if (next >= 0) seen = next
    return next < 0 ? '' : (used[next]?.target ?? '')
  }
  const asked = (step: number, id: CallId): Frame => {
    const request: Part = { name: m.replay_request(), kind: 'request', urls: () => source.request(id) }
    const reply: Part = { name: m.replay_reply(), kind: 'reply', urls: () => source.reply(id) }
    return { key: id, step, title: m.replay_asked(), failed: false, parts: [reply, request] }
  }
  const steps = recording.steps.flatMap(({ n, calls: made, tools }) => [
    ...made.map(({ id }) => asked(n, id)),
    ...tools.map(({ name, input, output, ok }, index): Frame => {
      const given: Part = { name: m.replay_given(), kind: 'text', urls: () => source.object(input) }
      const gave: Part = { name: m.replay_answered(), kind: 'text', urls: () => source.object(output) }
      const title = `${name} ${targetOf(name)}`.trim()
      return { key: `${n}.${index}`, step: n, title, failed: !ok, parts: [given, gave] }
    }),
  ])
  return [...steps, ...recording.closing.map(({ id }) => asked(recording.steps.length + 1, id))]
}
