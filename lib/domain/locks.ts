import type { FileEntry } from '../contract/version.ts'

/** The first locked path that is not in `after` as it was in `before`, there or missing. */
export function brokenLock(
  locked: readonly string[],
  before: readonly FileEntry[],
  after: readonly FileEntry[],
): string | undefined {
  const [old, fresh] = [before, after].map((files) => new Map(files.map((file) => [file.path, file])))
  return locked.find((path) => {
    const [was, is] = [old?.get(path), fresh?.get(path)]
    return was?.sha256 !== is?.sha256 || was?.mode !== is?.mode
  })
}
