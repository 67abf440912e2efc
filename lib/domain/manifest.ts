import { fileLimits, Manifest, type FileEntry } from '../contract/version.ts'

/** The files of a version as they are stored: sorted by path, so that equal files give equal bytes. */
export function formatManifest(files: readonly FileEntry[]): string {
  const sorted = files.toSorted((a, b) => (a.path < b.path ? -1 : 1))
  return JSON.stringify({ files: sorted.map(({ path, sha256, size, mode }) => ({ path, sha256, size, mode })) })
}

export function parseManifest(text: string): FileEntry[] {
  return Manifest.parse(JSON.parse(text)).files
}

/** Why these files cannot be one version, as a sentence; undefined when they can. */
export function faultOfFiles(
  files: readonly FileEntry[],
): { code: 'invalid_request' | 'too_large'; detail: string } | undefined {
  const paths = new Set<string>()
  for (const { path } of files) {
    if (paths.has(path)) return { code: 'invalid_request', detail: `The path ${path} is there twice.` }
    paths.add(path)
  }
  for (const path of paths) {
    const folder = foldersOf(path).find((each) => paths.has(each))
    if (folder) return { code: 'invalid_request', detail: `${folder} is both a file and a folder.` }
  }
  const total = files.reduce((sum, { size }) => sum + size, 0)
  if (total <= fileLimits.totalBytes) return undefined
  return { code: 'too_large', detail: `A version has at most ${fileLimits.totalBytes / 1024 / 1024} MB.` }
}

function foldersOf(path: string): string[] {
  const segments = path.split('/')
  return segments.slice(1).map((_, at) => segments.slice(0, at + 1).join('/'))
}

export type FileChange =
  | { path: string; change: 'added'; after: FileEntry }
  | { path: string; change: 'removed'; before: FileEntry }
  | { path: string; change: 'modified'; before: FileEntry; after: FileEntry }

/** What differs between the files of two versions, by path. */
export function changesBetween(before: readonly FileEntry[], after: readonly FileEntry[]): FileChange[] {
  const old = new Map(before.map((file) => [file.path, file]))
  const fresh = new Map(after.map((file) => [file.path, file]))
  return [...new Set([...old.keys(), ...fresh.keys()])].sort().flatMap((path): FileChange[] => {
    const [was, is] = [old.get(path), fresh.get(path)]
    if (!was) return is ? [{ path, change: 'added', after: is }] : []
    if (!is) return [{ path, change: 'removed', before: was }]
    return was.sha256 === is.sha256 && was.mode === is.mode
      ? []
      : [{ path, change: 'modified', before: was, after: is }]
  })
}
