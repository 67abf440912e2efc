import type { Attachment } from '#lib/contract.ts'
import { isRecord, isText, isWhole } from './untrusted.ts'

export type PickedElement = Extract<Attachment, { kind: 'element' }>

/** An element whose place in the code is known, so that it can be changed by hand. */
export interface Editable {
  /** The number it goes by while the page stays. */
  id: number
  /** `src/App.tsx:12:5`, and the tag that stands there. */
  source: string
  tag: string
  /** How it looks now, by the names of CSS. */
  styles: Readonly<Record<string, string>>
  /** Its words, when it holds nothing else. */
  words: string | null
  /** Where it stands in the app's window, in its pixels; null from scripts that do not say. */
  box: Box | null
}

export interface Box {
  left: number
  top: number
  right: number
  bottom: number
}

const limits = { words: 2_000, tag: 80, source: 300, styles: 20, style: 200 }

export function readPicked({ element: sent, edit }: Record<string, unknown>) {
  const element = readElement(sent)
  return element && { kind: 'picked' as const, element, edit: readEdit(edit, element) }
}

function readElement(sent: unknown): PickedElement | null {
  if (!isRecord(sent)) return null
  const { selector, tag, text, html, source } = sent
  if (!isText(selector, limits.words) || !isText(tag, limits.tag) || !/^[a-z][\w:.-]*$/i.test(tag)) return null
  if (!isText(text, limits.words) || !isText(html, limits.words)) return null
  return { kind: 'element', selector, tag, text, html, ...(isSource(source) && { source }) }
}

function readEdit(sent: unknown, { source, tag }: PickedElement): Editable | null {
  if (!isRecord(sent) || source === undefined) return null
  const { id, styles, words, box } = sent
  if (!isWhole(id) || !isRecord(styles) || !(words === null || isText(words, limits.words))) return null
  const read = Object.entries(styles).filter((entry): entry is [string, string] => isText(entry[1], limits.style))
  return { id, source, tag, words, styles: Object.fromEntries(read.slice(0, limits.styles)), box: readBox(box) }
}

function readBox(sent: unknown): Box | null {
  if (!isRecord(sent)) return null
  const { left, top, right, bottom } = sent
  return isWhole(left) && isWhole(top) && isWhole(right) && isWhole(bottom) ? { left, top, right, bottom } : null
}

const isSource = (sent: unknown): sent is string => isText(sent, limits.source) && /^[^:]+:\d+:\d+$/.test(sent)
