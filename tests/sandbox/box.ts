import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildSandbox } from '../../scripts/build-sandbox.ts'
import { unpackBrowser } from '../../scripts/unpack-browser.ts'

const repository = fileURLToPath(new URL('../../', import.meta.url))
const bundles = mkdtempSync('/var/tmp/everjust-bundles-')
await buildSandbox({ outdir: bundles })
process.on('exit', () => rmSync(bundles, { recursive: true, force: true }))

/**
 * Gives a folder what a sandbox has: the built programs and the template. The repository may be where only its owner
 * can look, so what generated code runs is copied to where all can.
 */
export function furnish(root: string) {
  mkdirSync(join(root, 'etc'))
  mkdirSync(join(root, 'home'))
  writeFileSync(join(root, 'etc/passwd'), 'root:x:0:0::/root:/bin/sh\napp:x:65534:65534::/home/app:/bin/sh\n')
  cpSync(join(repository, 'templates/static'), join(root, 'opt/everjust/templates/static'), { recursive: true })
  cpSync(bundles, join(root, 'opt/everjust/bin'), { recursive: true })
  chmodSync(join(root, 'opt/everjust/bin'), 0o755)
}

/** Gives a folder the browser too. */
export async function furnishBrowser(root: string) {
  const folder = await unpackBrowser({ dataDir: join(repository, 'build') })
  if (folder === undefined) throw new Error('There is no browser for this machine.')
  cpSync(folder, join(root, 'opt/everjust/browser'), { recursive: true })
}

/** The dev server and the live gateway outlive their runner on purpose: here they end with the test. */
export function endAllBelow(root: string) {
  for (const pid of below(root)) end(pid)
}

/** A process that was there a moment ago may have ended by itself. */
function end(pid: number) {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/** What a process was started with; nothing once it is gone. */
export function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return ''
  }
}

/** The processes that work below a root. */
export const below = (root: string) =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid && belongsTo(name, root))
    .map(Number)

function belongsTo(pid: string, root: string): boolean {
  try {
    return (
      readlinkSync(`/proc/${pid}/cwd`).startsWith(root) ||
      readFileSync(`/proc/${pid}/environ`, 'utf8').includes(root) ||
      readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(root)
    )
  } catch {
    return false
  }
}
