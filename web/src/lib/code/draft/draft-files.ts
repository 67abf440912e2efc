import type { FileEntry } from '#lib/contract.ts'
import type { DraftFile, Edit } from './draft-shapes.ts'

/** The files of a version as they are with the edits. */
export function filesOf(base: readonly FileEntry[], edits: readonly Edit[]): DraftFile[] {
  const byPath = new Map<string, DraftFile>(
    base.map((stored) => [stored.path, { path: stored.path, mark: null, size: stored.size, stored }]),
  )
  for (const { path, base: was, now } of edits) {
    if (!now) byPath.delete(path)
    else if ('text' in now)
      byPath.set(path, { path, mark: was ? 'changed' : 'new', size: now.text.length, stored: was })
    else byPath.set(path, { path, mark: was ? 'changed' : 'moved', size: now.stored.size, stored: now.stored })
  }
  return [...byPath.values()]
}
