import type { JobDesk } from '../../../lib/context.ts'
import type { ProjectId } from '../../../lib/contract/ids.ts'
import type { Outcome } from '../../../lib/entry/background.ts'
import type { Job } from '../../../lib/store/jobs.ts'
import { sweepExports } from './exports.ts'
import { sweepImages } from './images.ts'
import { reconcile } from './reconcile.ts'

/** Removed in one sweep; the next one goes on. */
const atMost = 50
const named = /^p-(prj_[0-9a-z]+)$/

/** What nobody asks for any more. A deletion that was overtaken by a launch can leave a sandbox behind; nothing but the provider knows of it then. */
export async function sweepSandboxes(_: Job, desk: JobDesk): Promise<Outcome> {
  await sweepImages(desk)
  await sweepExports(desk)
  const { provider, within, log } = desk
  const found = (await provider.list({ app: 'everjust' })).flatMap(({ name, state }) => {
    const projectId = named.exec(name)?.[1]
    return projectId ? [{ name, projectId: projectId as ProjectId, state }] : []
  })
  const known = await within(({ upkeep }) => upkeep.existing(found.map(({ projectId }) => projectId)))
  const orphans = found.filter(({ projectId }) => !known.has(projectId)).slice(0, atMost)
  for (const { name } of orphans) {
    log('notice', 'an orphaned sandbox is removed', { sandbox: name })
    await provider.remove(name)
  }
  await reconcile(
    desk,
    found.filter(({ projectId }) => known.has(projectId)),
  )
  return 'done'
}
