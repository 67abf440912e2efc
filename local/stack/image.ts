import { cpSync, mkdirSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { InstalledTemplate } from '../../scripts/install-templates.ts'
import type { Snapshot } from '../daytona/options.ts'

/** What the sandbox snapshot holds in the cloud, mounted read-only: the runner's programs and the templates. */
export function sandboxImage(given: { programs: string; templates: readonly InstalledTemplate[] }): Snapshot {
  const templates = given.templates.map((template) => ({
    from: besideDependencies(template),
    to: `/opt/everjust/templates/${template.name}`,
  }))
  return {
    mounts: [{ from: given.programs, to: '/opt/everjust/bin' }, ...templates],
    user: 'root',
    resources: { cpu: 2, memory: 2, disk: 3 },
  }
}

/** A template's files, put next to its installed dependencies, so that both are one folder. */
function besideDependencies({ files, nodeModules }: InstalledTemplate): string {
  const folder = dirname(nodeModules)
  mkdirSync(folder, { recursive: true })
  cpSync(files, folder, {
    recursive: true,
    filter: (path) => !['node_modules', '.vite', 'dist'].includes(basename(path)) || path === join(files),
  })
  return folder
}
