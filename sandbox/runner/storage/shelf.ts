import { projectPaths } from '../../../lib/contract/project-paths.ts'
import type { ProjectId } from '../../../lib/contract/ids.ts'
import { Uploads, type FileEntry } from '../../../lib/contract/version.ts'
import { inBatches } from './batches.ts'
import type { ControlPlane } from '../control-plane.ts'
import { eachOf, putObject } from './objects.ts'
import { sha256Of } from './sha256.ts'
import type { ToolHost } from '../host/tool-host.ts'

interface Means {
  host: ToolHost
  plane: ControlPlane
  projectId: ProjectId
  /** Files whose content is stored already. */
  stored: readonly FileEntry[]
}

/** The files of a project at one moment, with the contents of those that are not stored yet. */
export interface Taken {
  files: FileEntry[]
  contents: ReadonlyMap<string, Buffer>
  bytes: number
}

/** Takes the files of the project as they are, and stores them later, whatever became of them meanwhile. */
export function openShelf({ host, plane, projectId, stored: earlier }: Means) {
  const stored = new Set(earlier.map(({ sha256 }) => sha256))
  return { take, store }

  /** `before` was taken and is not stored yet. Null for a project past its limits: its checks say why. */
  async function take(before: Taken | null): Promise<Taken | null> {
    const { files: found, over } = await host.ask({ op: 'snapshot', of: 'project' })
    if (over) return null
    const contents = new Map<string, Buffer>()
    const files = await eachOf(found, async (file) => {
      if (stored.has(file.sha256)) return file
      const bytes = before?.contents.get(file.sha256) ?? (await read(file.path))
      if (!bytes) return undefined
      // Something may write while we look: what was read is what counts.
      const sha256 = sha256Of(bytes)
      contents.set(sha256, bytes)
      return { ...file, sha256, size: bytes.length }
    })
    const bytes = [...contents.values()].reduce((sum, { length }) => sum + length, 0)
    return { files: files.filter((file) => file !== undefined), contents, bytes }
  }

  async function store({ files, contents }: Taken): Promise<void> {
    const missing = files.filter(({ sha256 }) => !stored.has(sha256))
    const batches = inBatches(missing).map((batch) =>
      plane.call(projectPaths.uploads(projectId), { body: { files: batch }, answer: Uploads }),
    )
    const uploads = (await Promise.all(batches)).flatMap((batch) => batch.uploads)
    await eachOf(uploads, async ({ sha256, url, headers }) => {
      const bytes = contents.get(sha256)
      if (bytes) await putObject(url, bytes, headers)
    })
    for (const { sha256 } of missing) stored.add(sha256)
  }

  // Undefined when it is gone by now.
  async function read(path: string): Promise<Buffer | undefined> {
    const said = await host.ask({ op: 'read', path }).catch(() => undefined)
    return said && Buffer.from(said.base64, 'base64')
  }
}
