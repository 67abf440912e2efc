import type { JobDesk } from '../../../lib/context.ts'
import type { UserId } from '../../../lib/contract/ids.ts'
import { objectKeys } from '../../../lib/ports/object-store.ts'
import type { ExportedProject } from '../../../lib/store/export-work.ts'
import { filesOf } from '../../../lib/work/stored-files.ts'
import type { Zip } from '../../../lib/work/zip.ts'

/** An archive is closed once it weighs so much: a function has 512 MB. */
export const fullBytes = 48 * 1024 * 1024

interface Part {
  project: ExportedProject
  userId: UserId
  /** How many of its files are in archives before this one. */
  from: number
}

/** A project, from a file on; answers how many files are written once the archive is full before its end. */
export async function addProject(zip: Zip, { project, userId, from }: Part, desk: JobDesk): Promise<'whole' | number> {
  const folder = `projects/${project.id}`
  if (from === 0) await addWords(zip, { project, userId, folder }, desk)
  if (!project.whole) return 'whole'
  const version = await desk.within(({ versions }) => versions.current(project.id))
  const files = version ? await filesOf(desk.objects, version) : []
  for (const [at, { path, sha256 }] of files.entries()) {
    if (at < from) continue
    if (zip.size > fullBytes) return at
    const bytes = await desk.objects.get(objectKeys.blob(project.id, sha256))
    if (bytes) zip.add(`${folder}/files/${path}`, bytes)
  }
  return 'whole'
}

async function addWords(
  zip: Zip,
  { project, userId, folder }: { project: ExportedProject; userId: UserId; folder: string },
  { within }: JobDesk,
): Promise<void> {
  const [conversation, versions] = await within(({ exports }) =>
    Promise.all([exports.conversation(project, userId), project.whole ? exports.versions(project) : []]),
  )
  zip.add(`${folder}/project.json`, JSON.stringify(project.about, null, 2))
  zip.add(`${folder}/conversation.json`, JSON.stringify(conversation, null, 2))
  if (project.whole) zip.add(`${folder}/versions.json`, JSON.stringify(versions, null, 2))
}
