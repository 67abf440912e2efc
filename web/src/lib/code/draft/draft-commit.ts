import { defaultMessage } from '#lib/code/words.ts'
import type { Edit } from './draft-shapes.ts'
import type { Base } from './take-back.ts'

/** What is to be stored so that a version has these edits. */
export function commitOf(base: Base, edits: readonly Edit[], message: string) {
  const gone = edits.map(({ path }) => path)
  const moved = edits.flatMap(({ path, now }) => (now && 'stored' in now ? [{ ...now.stored, path }] : []))
  const written = edits.flatMap(({ path, base: was, now }) =>
    now && 'text' in now
      ? [{ path, bytes: new TextEncoder().encode(now.text), mode: was?.mode ?? ('100644' as const) }]
      : [],
  )
  return {
    parentId: base.versionId,
    message: message.trim() || defaultMessage(edits),
    stored: [...base.files.filter(({ path }) => !gone.includes(path)), ...moved],
    written,
  }
}
