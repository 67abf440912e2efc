import type { FileEntry } from '#lib/contract.ts'

const likely = ['src/App.tsx', 'src/main.tsx', 'index.html', 'README.md']

/** The file one most likely wants to read first. */
export function entryFile(files: readonly FileEntry[]): FileEntry | null {
  const found = likely.map((path) => files.find((file) => file.path === path)).find(Boolean)
  return found ?? files[0] ?? null
}
