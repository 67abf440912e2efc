import { readFile, rename, writeFile } from 'node:fs/promises'
import type * as z from 'zod'

/** Reads and checks a JSON file; `undefined` when it does not exist. */
export const readJson = async <T>(path: string, shape: z.ZodType<T>): Promise<T | undefined> => {
  const text = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return undefined
    throw cause
  })
  return text === undefined ? undefined : shape.parse(JSON.parse(text))
}

let writes = 0

/** Writes a JSON file whole or not at all (a crash leaves the old one), readable by its owner only. */
export const writeJson = async (path: string, value: unknown): Promise<void> => {
  const draft = `${path}.${process.pid}.${++writes}.new`
  await writeFile(draft, JSON.stringify(value), { mode: 0o600 })
  await rename(draft, path)
}
