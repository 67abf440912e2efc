import { chmodSync, mkdirSync, statSync } from 'node:fs'
import { sandboxPorts } from '../lib/contract/sandbox.ts'

// A test puts the sandbox's folders below another root, and takes other ports; a real sandbox sets neither.
const root = process.env['EVERJUST_SANDBOX_ROOT'] ?? ''
const [preview, live] = (process.env['EVERJUST_SANDBOX_PORTS'] ?? '').split(',').map(Number)

/** Where everything is inside a sandbox. */
export const place = {
  home: `${root}/home/app`,
  project: `${root}/home/app/project`,
  templates: `${root}/opt/everjust/templates`,
  /** Not every sandbox has one. */
  browser: `${root}/opt/everjust/browser/chromium`,
  passwd: `${root}/etc/passwd`,
  ports: { preview: preview || sandboxPorts.preview, live: live || sandboxPorts.live },
  /** A sandbox has a network of its own, whose proxy may come by any address; a test shares the machine's. */
  host: root === '' ? '0.0.0.0' : '127.0.0.1',
} as const

// Not every sandbox lets its root user write everywhere; a runner that is not root has the home folder only.
const candidates = [`${root}/run/everjust`, `${root}/root/.everjust`, `${place.home}/.everjust`]

/** A folder that only the caller can open, for sockets, logs and the events of runs; made when missing. */
export function stateFolder(): string {
  const found = candidates.find(makePrivate)
  if (found === undefined) throw new Error(`None of ${candidates.join(', ')} can be made.`)
  return found
}

function makePrivate(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    if (statSync(folder).uid !== process.getuid?.()) return false
    chmodSync(folder, 0o700)
    return true
  } catch {
    return false
  }
}
