import { patternOf, type Found, type VersionId, type Wanted } from '#lib/contract.ts'
import type { CodeDesk } from '#lib/code/desk.svelte.ts'

interface Replacement {
  found: Found
  version: VersionId
  wanted: Wanted
  replacement: string
}

/** Replaces a text in all files it was found in, and counts. What comes of it waits in the draft like everything typed. */
export async function replaceIn({ draft, contents }: CodeDesk, given: Replacement): Promise<number> {
  const pattern = patternOf(given.wanted)
  let replaced = 0
  for (const { path } of given.found.files) {
    const edit = draft.find(path)
    const entry = draft.file(path)?.stored
    const original = entry ? await contents.text(given.version, entry) : null
    const text = edit?.now && 'text' in edit.now ? edit.now.text : original
    if (text === null) continue
    const count = text.match(pattern)?.length ?? 0
    if (count === 0) continue
    draft.write(
      path,
      text.replaceAll(pattern, () => given.replacement),
      edit?.base === null ? null : original,
    )
    replaced += count
  }
  return replaced
}
