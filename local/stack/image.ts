import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { InstalledTemplate } from '../../scripts/install-templates.ts'
import type { Snapshot } from '../daytona/options.ts'

interface Parts {
  programs: string
  templates: readonly InstalledTemplate[]
  /** The folder of an unpacked browser, where this machine has one. */
  browser: string | undefined
}

/** What the sandbox snapshot holds in the cloud, mounted read-only: the runner's programs, the templates and a browser. */
export function sandboxImage(given: Parts): Snapshot {
  const templates = given.templates.map((template) => ({
    from: besideDependencies(template),
    to: `/opt/everjust/templates/${template.name}`,
  }))
  const browser = given.browser === undefined ? [] : [{ from: given.browser, to: '/opt/everjust/browser' }]
  return {
    mounts: [{ from: given.programs, to: '/opt/everjust/bin' }, ...templates, ...browser],
    user: 'root',
    resources: { cpu: 2, memory: 2, disk: 3 },
  }
}

/** A template's files, put next to its installed dependencies, so that both are one folder. */
function besideDependencies({ files, nodeModules }: InstalledTemplate): string {
  const folder = dirname(nodeModules)
  for (const path of filesOf(files)) replace(join(folder, path), readFileSync(join(files, path)))
  return folder
}

const made = new Set(['node_modules', '.vite', 'dist'])

function filesOf(folder: string, below = ''): string[] {
  return readdirSync(join(folder, below), { withFileTypes: true }).flatMap((entry) => {
    const path = join(below, entry.name)
    if (made.has(entry.name)) return []
    return entry.isDirectory() ? filesOf(folder, path) : [path]
  })
}

/** At once and only when it differs: the sandboxes of another start may be reading it, and others may be writing it too. */
function replace(path: string, content: Buffer): void {
  if (existsSync(path) && readFileSync(path).equals(content)) return
  mkdirSync(dirname(path), { recursive: true })
  const draft = `${path}.${randomUUID()}`
  writeFileSync(draft, content)
  renameSync(draft, path)
}
