const likely = ['src/App.tsx', 'src/main.tsx', 'index.html', 'README.md']

/** The file one most likely wants to read first. */
export function entryFile(files: readonly { path: string }[]): string | null {
  return likely.find((path) => files.some((file) => file.path === path)) ?? files[0]?.path ?? null
}
