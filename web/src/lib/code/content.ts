import { Problem } from '#lib/api.ts'
import type { FileEntry } from '#lib/contract.ts'
import { fileSize } from '#lib/format.ts'
import { m } from '#lib/messages.ts'

export type Content =
  { kind: 'text'; text: string } | { kind: 'image'; url: string } | { kind: 'unshown'; reason: string }

const showLimit = 1024 * 1024
const images: Record<string, string> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  ico: 'image/x-icon',
}

/** A stored file as the editor can show it; what is too large or not text says so instead. */
export async function read(
  { path, size }: FileEntry,
  load: () => Promise<ArrayBuffer | Problem>,
): Promise<Content | Problem> {
  if (size > showLimit) return { kind: 'unshown', reason: m.code_too_large({ size: fileSize(size) }) }
  const bytes = await load()
  if (bytes instanceof Problem) return bytes
  const type = images[path.slice(path.lastIndexOf('.') + 1).toLowerCase()]
  if (type) return { kind: 'image', url: `data:${type};base64,${new Uint8Array(bytes).toBase64()}` }
  const text = textOf(bytes)
  return text === null ? { kind: 'unshown', reason: m.code_not_text() } : { kind: 'text', text }
}

/** Null for what is no text. */
export function textOf(bytes: ArrayBuffer): string | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    return text.includes('\0') ? null : text
  } catch {
    return null
  }
}
