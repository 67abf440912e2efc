import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const root = join(import.meta.dirname, '..')

/**
 * Unpacks the browser that looks at pages inside sandboxes, once on a machine, and answers its folder: `chromium`, its
 * fonts, and the libraries it needs where the system has none. Undefined where there is no build of it.
 */
export async function unpackBrowser(given: { dataDir: string; say?: (line: string) => void }) {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined
  const folder = join(given.dataDir, `browser-${await versionOf()}`)
  if (existsSync(join(folder, 'chromium'))) return folder
  given.say?.('Unpacking the browser that looks at pages (once on this machine)')
  const draft = `${folder}.${randomUUID().slice(0, 8)}`
  try {
    await unpackInto(draft)
    // Two starts at once each unpack into a folder of their own; the first to finish gives it the name.
    await rename(draft, folder)
  } catch (cause) {
    if (!existsSync(join(folder, 'chromium'))) throw cause
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
  return folder
}

async function versionOf(): Promise<string> {
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium')
  const text = await readFile(join(dirname(entry), '../package.json'), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}

// The package unpacks into the folder for temporary files, and the libraries only where it takes itself to be in a cloud.
const unpacking = 'import("@sparticuz/chromium").then((found) => found.default.executablePath())'

async function unpackInto(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  const env = { PATH: process.env['PATH'], TMPDIR: folder, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x' }
  await run(process.execPath, ['--input-type=module', '--eval', unpacking], { cwd: root, env })
  await rename(join(folder, 'al2023/lib'), join(folder, 'lib'))
  await rm(join(folder, 'al2023'), { recursive: true })
  await writeFile(join(folder, 'fonts.conf'), fontSettings)
  await chmod(join(folder, 'chromium'), 0o755)
  if (await starts(folder)) await rm(join(folder, 'lib'), { recursive: true })
}

/** Whether it finds all it needs in the system. */
const starts = (folder: string) =>
  run(join(folder, 'chromium'), ['--version'], { env: {} }).then(
    () => true,
    () => false,
  )

const fontSettings = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>/tmp/font-cache</cachedir>
</fontconfig>
`
