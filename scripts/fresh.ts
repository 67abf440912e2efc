import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { glob, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { alone } from './alone.ts'

const root = join(import.meta.dirname, '..')
const stamps = join(root, 'build/.stamps')

interface Target {
  name: string
  from: string[]
  says: string
}

/** Makes `target` again when one of the files it is made from changed since; says so in one line. */
export async function whenStale(target: Target, make: () => Promise<void>): Promise<void> {
  const stamp = join(stamps, target.name)
  if (readStamp(stamp) === (await digestOf(target.from))) return
  mkdirSync(stamps, { recursive: true })
  // Two commands started at once build once: the second finds it done when its turn comes.
  await alone(`${stamp}.lock`, async () => {
    const digest = await digestOf(target.from)
    if (readStamp(stamp) === digest) return
    console.log(target.says)
    await make()
    writeFileSync(stamp, digest)
  })
}

async function digestOf(patterns: string[]): Promise<string> {
  const hash = createHash('sha256')
  const files: string[] = []
  for await (const file of glob(patterns, {
    cwd: root,
    exclude: (name) => /(^|\/)(node_modules|build|paraglide|cache|\.svelte-kit|\.vite)(\/|$)/.test(name),
  }))
    files.push(file)
  for (const file of files.sort()) {
    const { mtimeMs, size, isFile } = await stat(join(root, file)).then((found) => ({
      ...found,
      isFile: found.isFile(),
    }))
    if (isFile) hash.update(`${file}\0${mtimeMs}\0${size}\n`)
  }
  return hash.digest('hex')
}

function readStamp(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
