import type { Found } from '../../../lib/contract/code.ts'
import { findText, type Wanted } from '../../../lib/contract/find-text.ts'
import type { ProjectId } from '../../../lib/contract/ids.ts'
import type { FileEntry } from '../../../lib/contract/version.ts'
import { fitsGlobs } from '../../../lib/domain/glob.ts'
import { objectKeys, type ObjectStore } from '../../../lib/ports/object-store.ts'
import { atOnce } from '../../../lib/work/at-once.ts'

/** An answer comes within 25 s and an instance has 256 MB, so no search reads everything that a version may hold. */
const limits = { matches: 500, fileBytes: 1024 * 1024, totalBytes: 32 * 1024 * 1024, ms: 12_000, atOnce: 16 } as const

interface Sources {
  objects: Pick<ObjectStore, 'get'>
  projectId: ProjectId
  files: readonly FileEntry[]
  now(): Date
}

/** Reads file after file until one of the limits is met, and says which. */
export async function searchFiles(
  { objects, projectId, files, now }: Sources,
  wanted: Wanted,
  include: string,
): Promise<Found> {
  const until = now().getTime() + limits.ms
  const candidates = files.filter(({ path }) => fitsGlobs(path, include) && !isNoText(path))
  const read = withinBytes(candidates)
  let partial: Found['partial'] = read.length < candidates.length ? 'bytes' : null
  let left: number = limits.matches

  const found = await atOnce(limits.atOnce, read, async ({ path, sha256 }) => {
    if (left < 0) return { path, matches: [] }
    if (now().getTime() > until) {
      partial = 'time'
      return { path, matches: [] }
    }
    const matches = findText(textOf(await objects.get(objectKeys.blob(projectId, sha256))), wanted, limits.matches + 1)
    left -= matches.length
    return { path, matches }
  })
  if (left < 0) partial = 'matches'
  return { files: upTo(limits.matches, found), partial }
}

function withinBytes(files: readonly FileEntry[]): FileEntry[] {
  let total = 0
  return files.filter(({ size }) => size <= limits.fileBytes && (total += size) <= limits.totalBytes)
}

/** What is known to be no text is not missed. */
const isNoText = (path: string) =>
  /\.(?:png|jpe?g|gif|webp|avif|ico|woff2?|ttf|otf|pdf|zip|gz|mp[34]|webm|ogg|wasm)$/i.test(path)

/** What is no text has nothing to find in it. */
function textOf(bytes: Uint8Array | undefined): string {
  return !bytes || bytes.includes(0) ? '' : new TextDecoder().decode(bytes)
}

function upTo(most: number, files: Found['files']): Found['files'] {
  let left = most
  return files.flatMap(({ path, matches }) => {
    const shown = matches.slice(0, left)
    left -= shown.length
    return shown.length > 0 ? [{ path, matches: shown }] : []
  })
}
