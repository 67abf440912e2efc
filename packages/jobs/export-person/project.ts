import type { JobDesk } from '../../../lib/context.ts'
import type { UserId } from '../../../lib/contract/ids.ts'
import { objectKeys } from '../../../lib/ports/object-store.ts'
import type { ExportedImage, ExportedProject } from '../../../lib/store/export-projects.ts'
import { filesOf } from '../../../lib/work/stored-files.ts'
import type { Zip } from '../../../lib/work/zip.ts'

/** An archive is closed once it weighs so much: a function has 512 MB. */
export const fullBytes = 48 * 1024 * 1024

interface Part {
  project: ExportedProject
  userId: UserId
  /** How many of its files and images are in archives before this one. */
  from: number
}

/** A project, from a file on; answers how many are written once the archive is full before its end. */
export async function addProject(zip: Zip, part: Part, desk: JobDesk): Promise<'whole' | number> {
  const { project, from } = part
  const folder = `projects/${project.id}`
  const images = await desk.within(({ exports }) => exports.images(project, part.userId))
  if (from === 0) await addWords(zip, { ...part, folder, images }, desk)
  // What comes last may grow until the next archive without moving the rest.
  const all = [...(await filesIn(project, desk)), ...images.map((image) => pictureIn(project, image))]
  for (const [at, { name, key }] of all.entries()) {
    if (at < from) continue
    if (zip.size > fullBytes) return at
    const bytes = await desk.objects.get(key)
    if (bytes) zip.add(`${folder}/${name}`, bytes)
  }
  return 'whole'
}

interface Entry {
  name: string
  key: string
}

async function filesIn(project: ExportedProject, desk: JobDesk): Promise<Entry[]> {
  if (!project.whole) return []
  const version = await desk.within(({ versions }) => versions.current(project.id))
  const files = version ? await filesOf(desk.objects, version) : []
  return files.map(({ path, sha256 }) => ({ name: `files/${path}`, key: objectKeys.blob(project.id, sha256) }))
}

const pictureIn = ({ id: projectId }: ExportedProject, { id, mediaType }: ExportedImage): Entry => ({
  name: `images/${id}.${mediaType.replace('image/', '')}`,
  key: objectKeys.image(projectId, id),
})

async function addWords(
  zip: Zip,
  { project, userId, folder, images }: Part & { folder: string; images: ExportedImage[] },
  { within }: JobDesk,
): Promise<void> {
  const [conversation, versions] = await within(({ exports }) =>
    Promise.all([exports.conversation(project, userId), project.whole ? exports.versions(project) : []]),
  )
  const add = (name: string, content: unknown) => zip.add(`${folder}/${name}.json`, JSON.stringify(content, null, 2))
  add('project', project.about)
  add('conversation', conversation)
  add('images', images)
  if (project.whole) add('versions', versions)
}
