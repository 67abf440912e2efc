import type { Attachment } from '#lib/contract.ts'
import { readPicked, type PickedElement, type Editable } from './picked-message.ts'
import { isRecord, isText, isWhole } from './untrusted.ts'

export type { Editable, PickedElement }
export type SeenError = Extract<Attachment, { kind: 'error' }>

export const levels = ['debug', 'log', 'info', 'warn', 'error'] as const
export type Level = (typeof levels)[number]

export interface LogLine {
  level: Level
  text: string
  /** `src/App.tsx:12:5`. */
  place: string | null
}
export interface SeenRequest {
  method: string
  url: string
  /** 0 where there was no answer. */
  status: number
  ms: number
}
export interface Route {
  path: string
  /** Where the page leads within the app. */
  links: readonly string[]
  back: boolean
  forward: boolean
}

/** What the script in the preview's page may tell. */
export type FrameMessage =
  | { kind: 'ready'; whole: boolean }
  | { kind: 'left' }
  | { kind: 'picked'; element: PickedElement; edit: Editable | null }
  | { kind: 'error'; error: SeenError }
  | { kind: 'log'; line: LogLine }
  | { kind: 'left-out'; count: number }
  | { kind: 'request'; request: SeenRequest }
  | { kind: 'route'; route: Route }
  | { kind: 'picture'; bytes: ArrayBuffer | null }

const limits = { words: 2_000, detail: 8_000, links: 30, link: 300, picture: 8_000_000 }
export const mostErrors = 20

type Reader = (sent: Record<string, unknown>) => FrameMessage | null

const readers: Record<string, Reader> = {
  // Scripts of older projects can pick and tell errors, and no more.
  ready: ({ kind }) => ({ kind: 'ready', whole: kind === 'page' }),
  left: () => ({ kind: 'left' }),
  picked: readPicked,
  error: readError,
  log: readLine,
  'left-out': ({ count }) => (isWhole(count) ? { kind: 'left-out', count } : null),
  request: readRequest,
  route: readRoute,
  picture: ({ bytes }) => readPicture(bytes),
}

/** What a message from the frame says; null for all that is not exactly what we expect, for the app in it may send anything. */
export function readMessage(sent: unknown): FrameMessage | null {
  if (!isRecord(sent)) return null
  const { everjust: kind } = sent
  return typeof kind === 'string' && Object.hasOwn(readers, kind) ? (readers[kind]?.(sent) ?? null) : null
}

function readError({ source, message, detail }: Record<string, unknown>): FrameMessage | null {
  if (source !== 'preview' && source !== 'console') return null
  if (!isText(message, limits.words) || !isText(detail, limits.detail) || !message.trim()) return null
  return { kind: 'error', error: { kind: 'error', source, message, detail } }
}

function readLine({ level, text, place = null }: Record<string, unknown>): FrameMessage | null {
  const known = levels.find((one) => one === level)
  if (!known || !isText(text, limits.words)) return null
  if (place !== null && !isText(place, limits.link)) return null
  return { kind: 'log', line: { level: known, text, place } }
}

function readRequest({ method, url, status, ms }: Record<string, unknown>): FrameMessage | null {
  if (!isText(method, 10) || !isText(url, limits.words)) return null
  if (!isWhole(status) || status > 999 || !isWhole(ms)) return null
  return { kind: 'request', request: { method, url, status, ms } }
}

function readRoute({ path, links, back, forward }: Record<string, unknown>): FrameMessage | null {
  if (!isText(path, limits.words) || !path.startsWith('/') || !Array.isArray(links)) return null
  const own = links.filter((link): link is string => isText(link, limits.link) && link.startsWith('/'))
  return {
    kind: 'route',
    route: { path, links: own.slice(0, limits.links), back: back === true, forward: forward === true },
  }
}

function readPicture(bytes: unknown): FrameMessage | null {
  if (bytes === null) return { kind: 'picture', bytes }
  return bytes instanceof ArrayBuffer && bytes.byteLength <= limits.picture ? { kind: 'picture', bytes } : null
}

/** The errors with one more, unless it is known or they are too many. */
export function withError(errors: readonly SeenError[], error: SeenError): readonly SeenError[] {
  const known = errors.some(({ message, detail }) => message === error.message && detail === error.detail)
  return known || errors.length >= mostErrors ? errors : [...errors, error]
}

/** The origin of a frame's address; one that no message has where it has none yet. */
export const originOf = (url: string): string => URL.parse(url)?.origin ?? ''
