import { mergeLines, type FileEntry, type VersionId } from '#lib/contract.ts'
import type { Contents } from '#lib/code/contents.ts'
import { isSame, type Edit } from './draft-shapes.ts'

interface Move {
  contents: Contents
  from: VersionId
  to: VersionId
  files: readonly FileEntry[]
}

/**
 * An edit as it goes on from a newer version: put together line by line where both changed the file, with a conflict
 * where that cannot be, and null where the newer version has it already. Nothing that was typed is lost.
 */
export async function rebase(edit: Edit, move: Move): Promise<Edit | null> {
  const theirs = move.files.find(({ path }) => path === edit.path) ?? null
  const { conflict: _was, ...rest } = edit
  if (isSame(theirs, edit.base)) return { ...rest, base: theirs }
  if (edit.now === null) return theirs ? { ...rest, base: edit.base, conflict: theirs } : null
  if ('stored' in edit.now) return isSame(theirs, edit.now.stored) ? null : { ...rest, conflict: theirs }
  if (!theirs) return { ...rest, conflict: null }
  const yours = await move.contents.text(move.to, theirs)
  if (yours === edit.now.text) return null
  const was = edit.base ? await move.contents.text(move.from, edit.base) : ''
  if (was === null || yours === null) return { ...rest, conflict: theirs }
  const merged = mergeLines({ base: was, ours: edit.now.text, theirs: yours })
  if (merged.conflict) return { ...rest, conflict: theirs }
  return { ...rest, base: theirs, now: { text: merged.text } }
}
