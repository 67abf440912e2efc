import type { FileEntry } from '../contract/version.ts'

/** What becomes of one path when two sides changed a tree: a file that is there, or two contents to put together. */
export type Merged =
  | { path: string; take: FileEntry | null; conflict: boolean }
  | { path: string; base: FileEntry; ours: FileEntry; theirs: FileEntry }

interface Trees {
  base: readonly FileEntry[]
  /** What the run made. */
  ours: readonly FileEntry[]
  /** What people made meanwhile: where both cannot stand, theirs does. */
  theirs: readonly FileEntry[]
}

/** Decides path by path how two changed trees become one; only what both sides changed needs its contents read. */
export function mergeTrees({ base, ours, theirs }: Trees): Merged[] {
  const [was, mine, yours] = [base, ours, theirs].map(byPath) as [Tree, Tree, Tree]
  const paths = [...new Set([...was.keys(), ...mine.keys(), ...yours.keys()])].toSorted()
  const merged = paths.map((path) => mergePath(path, [was.get(path), mine.get(path), yours.get(path)]))
  return withoutClashes(merged, yours)
}

type Tree = ReadonlyMap<string, FileEntry>
const byPath = (files: readonly FileEntry[]): Tree => new Map(files.map((file) => [file.path, file]))

type Sides = [base: FileEntry | undefined, ours: FileEntry | undefined, theirs: FileEntry | undefined]

function mergePath(path: string, [base, ours, theirs]: Sides): Merged {
  if (isSame(ours, theirs) || isSame(ours, base)) return { path, take: theirs ?? null, conflict: false }
  if (isSame(theirs, base)) return { path, take: ours ?? null, conflict: false }
  if (base && ours && theirs) {
    const mode = theirs.mode === base.mode ? ours.mode : theirs.mode
    if (ours.sha256 === base.sha256) return { path, take: { ...theirs, mode }, conflict: false }
    if (theirs.sha256 === base.sha256) return { path, take: { ...ours, mode }, conflict: false }
    return { path, base, ours, theirs: { ...theirs, mode } }
  }
  // Removed on one side and changed on the other, or added by both in different ways.
  return { path, take: theirs ?? null, conflict: true }
}

/** A path that is a file on their side and a folder on ours, or the other way round, is theirs. */
function withoutClashes(merged: readonly Merged[], theirs: Tree): Merged[] {
  const kept = new Set(merged.flatMap((one) => ('take' in one && one.take === null ? [] : [one.path])))
  const clashes = (path: string) =>
    foldersOf(path).some((folder) => kept.has(folder)) || [...kept].some((other) => other.startsWith(`${path}/`))
  return merged.map((one) =>
    kept.has(one.path) && !theirs.has(one.path) && clashes(one.path)
      ? { path: one.path, take: null, conflict: true }
      : one,
  )
}

const foldersOf = (path: string): string[] => {
  const segments = path.split('/')
  return segments.slice(1).map((_, at) => segments.slice(0, at + 1).join('/'))
}

const isSame = (a: FileEntry | undefined, b: FileEntry | undefined) => a?.sha256 === b?.sha256 && a?.mode === b?.mode
