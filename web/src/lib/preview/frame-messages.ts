import type { Attachment } from '#lib/contract.ts'

export type PickedElement = Extract<Attachment, { kind: 'element' }>
export type SeenError = Extract<Attachment, { kind: 'error' }>

/** What the script in the preview's page may tell. */
export type FrameMessage =
  | { kind: 'ready' }
  | { kind: 'left' }
  | { kind: 'picked'; element: PickedElement }
  | { kind: 'error'; error: SeenError }

const limits = { words: 2_000, tag: 80, detail: 8_000 }
export const mostErrors = 20

/** What a message from the frame says; null for all that is not exactly what we expect, for the app in it may send anything. */
export function readMessage(sent: unknown): FrameMessage | null {
  if (!isRecord(sent)) return null
  const { everjust: kind } = sent
  if (kind === 'ready' || kind === 'left') return { kind }
  if (kind === 'picked') return readPicked(sent['element'])
  return kind === 'error' ? readError(sent) : null
}

function readPicked(sent: unknown): FrameMessage | null {
  if (!isRecord(sent)) return null
  const { selector, tag, text, html } = sent
  if (!isText(selector, limits.words) || !isText(tag, limits.tag) || !/^[a-z][\w:.-]*$/i.test(tag)) return null
  if (!isText(text, limits.words) || !isText(html, limits.words)) return null
  return { kind: 'picked', element: { kind: 'element', selector, tag, text, html } }
}

function readError({ source, message, detail }: Record<string, unknown>): FrameMessage | null {
  if (source !== 'preview' && source !== 'console') return null
  if (!isText(message, limits.words) || !isText(detail, limits.detail) || !message.trim()) return null
  return { kind: 'error', error: { kind: 'error', source, message, detail } }
}

/** The errors with one more, unless it is known or they are too many. */
export function withError(errors: readonly SeenError[], error: SeenError): readonly SeenError[] {
  const known = errors.some(({ message, detail }) => message === error.message && detail === error.detail)
  return known || errors.length >= mostErrors ? errors : [...errors, error]
}

/** The origin of a frame's address; one that no message has where it has none yet. */
export const originOf = (url: string): string => URL.parse(url)?.origin ?? ''

const isRecord = (sent: unknown): sent is Record<string, unknown> => typeof sent === 'object' && sent !== null
const isText = (sent: unknown, most: number): sent is string => typeof sent === 'string' && sent.length <= most
