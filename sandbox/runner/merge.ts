import type { ProjectId } from '../../lib/contract/ids.ts'
import { projectPaths } from '../../lib/contract/project-paths.ts'
import { CurrentVersion, Downloads, type FileEntry } from '../../lib/contract/version.ts'
import type { Merge } from '../../lib/domain/generation.ts'
import { mergeLines } from '../../lib/contract/merge-lines.ts'
import { mergeTrees, type Merged } from '../../lib/domain/merge.ts'
import type { ControlPlane } from './control-plane.ts'
import { getObject } from './storage/objects.ts'
import { sha256Of } from './storage/sha256.ts'
import type { ToolHost } from './host/tool-host.ts'
import { bringFiles } from './workspace.ts'

interface Means {
  host: ToolHost
  plane: ControlPlane
  projectId: ProjectId
}

/** Larger files are not put together line by line: the person's stands. */
const mostMerged = 1024 * 1024

/**
 * Puts what people saved since `base` together with the files of the run, in the sandbox. Null is the bare template.
 * Nothing a person wrote is lost: where both changed the same lines, theirs stand.
 */
export async function mergeFiles(base: readonly FileEntry[] | null, means: Means): Promise<Merge> {
  const { host, plane, projectId } = means
  const [{ files: ours }, current, template] = await Promise.all([
    host.ask({ op: 'snapshot', of: 'project' }),
    plane.call(projectPaths.currentVersion(projectId), { method: 'GET', answer: CurrentVersion }),
    host.ask({ op: 'snapshot', of: 'template' }),
  ])
  const merged = mergeTrees({ base: base ?? template.files, ours, theirs: current.files })
  const joined = await Promise.all(merged.filter(isOpen).map((one) => join(one, means)))
  const taken = merged.flatMap((one) => ('take' in one && one.take ? [one.take] : []))
  // What both changed comes as theirs first, so that a run cut off here leaves nothing of theirs out.
  const target = [...taken, ...joined.map(({ file }) => file)]
  await bringFiles(target, means)
  const written = joined.flatMap(({ text, file }) => (text === undefined ? [] : [{ text, ...file }]))
  await host.ask({
    op: 'write',
    files: written.map(({ path, mode, text }) => ({ path, mode, base64: Buffer.from(text).toString('base64') })),
  })
  const lost = merged.flatMap((one) => ('take' in one && one.conflict ? [one.path] : []))
  const conflicts = [...lost, ...joined.flatMap(({ conflict, file }) => (conflict ? [file.path] : []))].toSorted()
  return { kind: 'merged', versionId: current.versionId, files: current.files, conflicts }
}

type Open = Extract<Merged, { ours: FileEntry }>
const isOpen = (one: Merged): one is Open => 'ours' in one

interface Joined {
  /** Their file; without a text it stands as it is. */
  file: FileEntry
  text?: string
  conflict: boolean
}

async function join({ path, base, theirs }: Open, means: Means): Promise<Joined> {
  const addresses = await means.plane.call(projectPaths.downloads(means.projectId), {
    body: { sha256: [...new Set([base.sha256, theirs.sha256])] },
    answer: Downloads,
  })
  const stored = async ({ sha256 }: FileEntry) => {
    const found = addresses.downloads.find((one) => one.sha256 === sha256)
    const bytes = found && (await getObject(found.url))
    return bytes && sha256Of(bytes) === sha256 ? bytes : undefined
  }
  const read = async (of: 'project' | 'template') => {
    const said = await means.host.ask({ op: 'read', path, of }).catch(() => undefined)
    return said && Buffer.from(said.base64, 'base64')
  }
  const [was, mine, yours] = await Promise.all([
    stored(base).then(async (bytes) => bytes ?? (await isTemplates(base, read))),
    read('project'),
    stored(theirs),
  ])
  const texts = [was, mine, yours].map(textOf)
  const [before, ours, their] = texts
  if (before === undefined || ours === undefined || their === undefined) return { file: theirs, conflict: true }
  return { file: theirs, ...mergeLines({ base: before, ours, theirs: their }) }
}

// What the template brought and nobody changed was never stored.
async function isTemplates({ sha256 }: FileEntry, read: (of: 'template') => Promise<Buffer | undefined>) {
  const bytes = await read('template')
  return bytes && sha256Of(bytes) === sha256 ? bytes : undefined
}

/** Undefined when it is no text, or too much of it. */
function textOf(bytes: Buffer | undefined): string | undefined {
  if (!bytes || bytes.length > mostMerged || bytes.includes(0)) return undefined
  const text = bytes.toString('utf8')
  return Buffer.from(text).equals(bytes) ? text : undefined
}
