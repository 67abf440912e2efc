import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Two folders of the sandbox's private state, shared by its programs: letters that wait to be fetched and replies that
 * were brought. A file appears whole or not at all.
 */
export function openLetters(folder: string) {
  const folders = { out: join(folder, 'mail', 'out'), in: join(folder, 'mail', 'in') }
  for (const path of Object.values(folders)) mkdirSync(path, { recursive: true, mode: 0o700 })

  return {
    put(box: keyof typeof folders, id: string, letter: unknown): void {
      const path = join(folders[box], `${id}.json`)
      writeFileSync(`${path}.part`, JSON.stringify(letter), { mode: 0o600 })
      renameSync(`${path}.part`, path)
    },
    /** Takes one out of its box; undefined while it is not there. */
    take(box: keyof typeof folders, id: string): unknown {
      const path = join(folders[box], `${id}.json`)
      const text = tryToRead(path)
      if (text === undefined) return undefined
      rmSync(path, { force: true })
      return JSON.parse(text)
    },
    /** Removes all that is in both boxes. */
    clear: (): void => {
      for (const path of Object.values(folders)) {
        for (const name of readdirSync(path)) rmSync(join(path, name), { force: true })
      }
    },
    ids: (box: keyof typeof folders): string[] =>
      readdirSync(folders[box])
        .filter((name) => name.endsWith('.json'))
        .map((name) => name.slice(0, -'.json'.length))
        .sort(),
  }
}
export type Letters = ReturnType<typeof openLetters>

function tryToRead(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
