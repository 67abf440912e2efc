import type { FileEntry, VersionId } from '#lib/contract.ts'
import type { Contents } from '#lib/code/contents.ts'
import type { Edit } from './draft-shapes.ts'
import { rebase } from './rebase.ts'

export interface Base {
  versionId: VersionId
  files: readonly FileEntry[]
}

/** What waited to be saved, and on top of which version. */
export interface Moment {
  base: Base | null
  edits: readonly Edit[]
  folders: readonly string[]
}

/** The paths whose edits are not the same any more. */
export function touchedBy(before: readonly Edit[], after: readonly Edit[]): string[] {
  const paths = new Set([...before, ...after].map(({ path }) => path))
  return [...paths].filter((path) => at(before, path) !== at(after, path))
}

/** These paths as they were, as edits of what the version has now. */
export async function backFrom(was: Moment, paths: readonly string[], now: { base: Base | null; contents: Contents }) {
  const { base, contents } = now
  const { base: then } = was
  if (!base || !then) return []
  const move = { contents, from: then.versionId, to: base.versionId, files: base.files }
  const back = paths.map((path) => {
    const edit = at(was.edits, path)
    if (!edit) return stored(path, then, { base, contents })
    return then.versionId === base.versionId ? edit : rebase(edit, move)
  })
  return (await Promise.all(back)).filter((edit) => edit !== null)
}

const at = (edits: readonly Edit[], path: string) => edits.find((edit) => edit.path === path)

/** A file that was not changed: an edit only where it was saved meanwhile that it goes. */
async function stored(path: string, then: Base, now: { base: Base; contents: Contents }): Promise<Edit | null> {
  const was = then.files.find((file) => file.path === path)
  if (!was || now.base.files.some((file) => file.path === path)) return null
  const text = was.mode === '100644' ? await now.contents.text(then.versionId, was) : null
  return { path, base: null, now: text === null ? { stored: was } : { text } }
}
