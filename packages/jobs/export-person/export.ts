import * as z from 'zod/mini'
import type { JobDesk } from '../../../lib/context.ts'
import { ExportId } from '../../../lib/contract/ids.ts'
import type { Outcome } from '../../../lib/entry/background.ts'
import { objectKeys } from '../../../lib/ports/object-store.ts'
import type { ExportPlace, OpenExport } from '../../../lib/store/export-work.ts'
import type { Job } from '../../../lib/store/jobs.ts'
import { Zip } from '../../../lib/work/zip.ts'
import { addProject, fullBytes } from './project.ts'

const Errand = z.object({ exportId: ExportId })

/** Writes the next archive and notes where the one after it begins; one that was cut off is written again. */
export async function exportPerson({ payload }: Job, desk: JobDesk): Promise<Outcome> {
  const { exportId } = Errand.parse(payload)
  const open = await desk.within(({ exports }) => exports.open(exportId))
  if (!open) return 'done'
  const zip = new Zip()
  if (open.place === null) await addPerson(zip, open, desk)
  const place = await addProjects(zip, open, desk)
  const bytes = zip.bytes()
  await desk.objects.put(objectKeys.export(open.userId, open.id, open.parts.length), bytes, 'application/zip')
  await desk.within(async (stores) => {
    await stores.exports.advance(open.id, bytes.length, place)
    if (place) return
    const { email } = (await stores.people.find(open.userId)) ?? {}
    const words = { path: '/settings/data' }
    if (email) await stores.notices.send({ to: email, kind: 'exportReady', words, key: `export:${open.id}` })
  })
  return place ? { again: 0, problem: 'There is more to write.' } : 'done'
}

async function addPerson(zip: Zip, { userId }: OpenExport, { within }: JobDesk): Promise<void> {
  const about = await within(({ exports }) => exports.about(userId))
  for (const [name, rows] of Object.entries(about)) zip.add(`${name}.json`, JSON.stringify(rows ?? null, null, 2))
}

/** Until the archive is full; answers where to go on, or null at the end. */
async function addProjects(zip: Zip, { userId, place }: OpenExport, desk: JobDesk): Promise<ExportPlace | null> {
  let { after, files }: ExportPlace = place ?? { after: '', files: 0 }
  for (;;) {
    const project = await desk.within(({ exports }) => exports.projectAfter(userId, after))
    if (!project) return null
    const written = await addProject(zip, { project, userId, from: files }, desk)
    if (written !== 'whole') return { after, files: written }
    after = project.id
    files = 0
    if (zip.size > fullBytes) return { after, files }
  }
}
