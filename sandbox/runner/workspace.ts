import { Downloads, type FileEntry } from '../../lib/contract/version.ts'
import { projectPaths } from '../../lib/contract/project-paths.ts'
import type { ProjectId } from '../../lib/contract/ids.ts'
import { inBatches } from './storage/batches.ts'
import type { ControlPlane } from './control-plane.ts'
import { eachOf, getObject } from './storage/objects.ts'
import { sha256Of } from './storage/sha256.ts'
import type { ToolHost } from './host/tool-host.ts'

interface Means {
  host: ToolHost
  plane: ControlPlane
  projectId: ProjectId
}

/** Brings the project's files to exactly `target` (null = the bare template). Rejects when a download is not what its digest says. */
export async function bringFiles(target: readonly FileEntry[] | null, means: Means): Promise<void> {
  await bringTree(target, means.host, (files) => download(files, means))
}

/** The same; `fetch` writes what neither the project nor the template has. */
export async function bringTree(
  target: readonly FileEntry[] | null,
  host: ToolHost,
  fetch: (files: readonly FileEntry[]) => Promise<void>,
): Promise<void> {
  const [template, now] = await Promise.all([
    host.ask({ op: 'snapshot', of: 'template' }),
    host.ask({ op: 'snapshot', of: 'project' }),
  ])
  const wanted = target ?? template.files
  const paths = new Set(wanted.map(({ path }) => path))
  const extra = now.files.map(({ path }) => path).filter((path) => !paths.has(path))
  const toRemove = [...now.strays, ...extra]
  if (toRemove.length > 0) await host.ask({ op: 'remove', paths: toRemove })

  const missing = wanted.filter(isMissingIn(now.files))
  const elsewhere = missing.filter(isMissingIn(template.files))
  const copied = missing.filter((file) => !elsewhere.includes(file)).map(({ path }) => path)
  if (copied.length > 0) await host.ask({ op: 'copy', paths: copied })
  if (elsewhere.length > 0) await fetch(elsewhere)
}

async function download(files: readonly FileEntry[], { host, plane, projectId }: Means) {
  const sha256 = [...new Set(files.map((file) => file.sha256))]
  const batches = inBatches(sha256).map((batch) =>
    plane.call(projectPaths.downloads(projectId), { body: { sha256: batch }, answer: Downloads }),
  )
  const downloads = (await Promise.all(batches)).flatMap((batch) => batch.downloads)
  const addresses = new Map(downloads.map((one) => [one.sha256, one.url]))
  await eachOf(files, async ({ path, mode, sha256 }) => {
    const bytes = await getObject(addresses.get(sha256) ?? '')
    if (!bytes || sha256Of(bytes) !== sha256)
      throw new Error(`The stored content of ${path} is not what its digest says.`)
    await host.ask({ op: 'write', files: [{ path, mode, base64: bytes.toString('base64') }] })
  })
}

/** True for files that a folder does not hold with the same content and mode. */
export function isMissingIn(files: readonly FileEntry[]) {
  const known = new Set(files.map(({ path, sha256, mode }) => `${mode} ${sha256} ${path}`))
  return ({ path, sha256, mode }: FileEntry) => !known.has(`${mode} ${sha256} ${path}`)
}
