import * as z from 'zod/mini'
import type { JobDesk } from '../../../lib/context.ts'
import { ShareId } from '../../../lib/contract/ids.ts'
import { sandboxPorts } from '../../../lib/contract/sandbox.ts'
import type { Outcome } from '../../../lib/entry/background.ts'
import type { Bare } from '../../../lib/store/addresses.ts'
import type { Job } from '../../../lib/store/jobs.ts'
import { atOnce } from '../../../lib/work/at-once.ts'
import { readyEvent } from '../../../lib/work/sandbox.ts'

const mostAtOnce = 5
const mostInOne = 100

/** With a link, which somebody waits at, that one alone. */
export async function changeAddresses({ payload }: Job, desk: JobDesk): Promise<Outcome> {
  const { shareId } = Change.parse(payload)
  if (shareId) await signShare(desk, shareId)
  else if (await changeAll(desk)) return { again: 0, problem: 'there are more' }
  return 'done'
}

const Change = z.object({ shareId: z.optional(ShareId) })

/** Ends them all before it signs any; one that cannot be ended keeps no other waiting. Whether there may be more. */
async function changeAll(desk: JobDesk): Promise<boolean> {
  const spent = await desk.within(({ addresses }) => addresses.spent(mostInOne))
  const ends = await atOnce(mostAtOnce, spent, ({ url, providerId }) =>
    desk.provider.endPreview(providerId, url).then(
      () => desk.within(({ addresses }) => addresses.ended(url)),
      (error: unknown) => ({ error }),
    ),
  )
  const bare = await desk.within(({ addresses }) => addresses.bare(mostInOne))
  const signs = await atOnce(mostAtOnce, bare, (each) => sign(desk, each).catch((error: unknown) => ({ error })))
  const failed = [...ends, ...signs].find((each) => each !== undefined)
  if (failed) throw failed.error
  return spent.length === mostInOne || bare.length === mostInOne
}

async function sign(desk: JobDesk, { projectId, providerId, until }: Bare): Promise<void> {
  const url = await desk.provider.signPreview(providerId, sandboxPorts.preview, secondsTo(desk, until))
  const kept = await desk.within(async ({ addresses, events }) => {
    const versionId = await addresses.signed(projectId, { url, providerId })
    if (versionId === undefined) return false
    await events.append(projectId, readyEvent({ previewUrl: url, urlsExpireAt: until, versionId }))
    return true
  })
  if (!kept) await desk.provider.endPreview(providerId, url)
}

async function signShare(desk: JobDesk, id: ShareId): Promise<void> {
  const bare = await desk.within(({ addresses }) => addresses.bareShare(id))
  if (!bare) return
  const { providerId, until } = bare
  const url = await desk.provider.signPreview(providerId, sandboxPorts.preview, secondsTo(desk, until))
  // A link that was taken back meanwhile.
  if (await desk.within(({ addresses }) => addresses.signedShare(id, { url, providerId, until }))) return
  await desk.provider.endPreview(providerId, url)
}

const secondsTo = ({ now }: JobDesk, until: Date) => Math.max(1, Math.ceil((until.getTime() - now().getTime()) / 1_000))
