import type { ShownRecording } from '#lib/contract.ts'

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
  /** Addresses of its pieces, in order; none when it is no longer stored. */
  urls: string[]
}

/** A recording as frames to step through: each request with its reply, then each tool with what it was given and gave. */
export function framesOf({ recording, objects, calls }: ShownRecording): Frame[] {
  const places = new Map(objects.map(({ sha256, url }) => [sha256, url]))
  const at = (sha256: string) => [places.get(sha256) ?? []].flat()
  return recording.steps.flatMap(({ n, calls: asked, tools, changes }) => [
    ...asked.map(({ id }): Frame => {
      const call = calls.find((stored) => stored.id === id)
      const request: Part = { name: 'Request', kind: 'request', urls: call ? [call.request] : [] }
      const reply: Part = { name: 'Reply', kind: 'reply', urls: call?.chunks ?? [] }
      return { key: id, step: n, title: 'The model is asked', failed: false, parts: [reply, request] }
    }),
    ...tools.map(({ name, input, output, ok }, index): Frame => {
      const given: Part = { name: 'Given', kind: 'text', urls: at(input) }
      const gave: Part = { name: 'Answered', kind: 'text', urls: at(output) }
      return { key: `${n}.${index}`, step: n, title: name, failed: !ok, parts: [given, gave] }
    }),
    ...(changes.length > 0 && tools.length === 0
      ? [{ key: `${n}.files`, step: n, title: `${changes.length} files changed`, failed: false, parts: [] }]
      : []),
  ])
}
