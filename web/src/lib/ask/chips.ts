import type { Attachment } from '#lib/contract.ts'
import { m } from '#lib/messages.ts'

/** What a request will point at, as the composer shows it before it is sent. */
export interface Chip {
  key: string
  label: string
  /** Null while an image is on its way. */
  attachment: Attachment | null
  /** The address of a small picture of it. */
  picture: string | null
  /** How much of it was sent, from 0 to 1. */
  share: number
}

export function chipOf(attachment: Attachment, key: string): Chip {
  return { key, label: labelOf(attachment), attachment, picture: null, share: 1 }
}

const sources = { preview: m.ask_error_preview, console: m.ask_error_console, check: m.ask_error_check }

/** What an attachment is, in a few words. */
export function labelOf(attachment: Attachment): string {
  if (attachment.kind === 'image') return m.ask_image()
  if (attachment.kind === 'error') return `${sources[attachment.source]()}: ${firstLine(attachment.message)}`
  const text = attachment.text.trim()
  return text ? `<${attachment.tag}> “${shortened(text)}”` : `<${attachment.tag}> ${shortened(attachment.selector)}`
}

/** An error as a request can point at it, within what the API takes. */
export function errorOf(source: 'preview' | 'console' | 'check', message: string, detail = ''): Attachment {
  return { kind: 'error', source, message: message.slice(0, 2_000), detail: detail.slice(-8_000) }
}

/** Where a failed check saw its error: in the preview, in the console, or elsewhere. */
export function sourceOf(check: string): 'preview' | 'console' | 'check' {
  if (check === 'console') return 'console'
  return check === 'page' ? 'preview' : 'check'
}

export const firstLine = (text: string) => shortened(text.trim().split('\n')[0] ?? '')
const shortened = (text: string) => (text.length > 60 ? `${text.slice(0, 59)}…` : text)
