import * as z from 'zod/mini'
import type { PostDesk } from '../../../lib/context.ts'
import { NoticeId } from '../../../lib/contract/ids.ts'
import { textOf } from '../../../lib/domain/notices.ts'
import type { Outcome } from '../../../lib/entry/background.ts'
import { isPassing } from '../../../lib/ports/fault.ts'
import type { Job } from '../../../lib/store/jobs.ts'

const Errand = z.object({ noticeId: NoticeId })

export async function sendNotice({ payload }: Job, { within, postman, site, log }: PostDesk): Promise<Outcome> {
  const { noticeId } = Errand.parse(payload)
  const notice = await within(({ notices }) => notices.unsent(noticeId))
  if (!notice) return 'done'
  const { to, kind } = notice
  const refused = await postman.send({ id: noticeId, to, ...textOf(notice, site) }).catch((error: unknown) => {
    if (isPassing(error)) throw error
    return error
  })
  // An address that nobody has: further tries would end the same.
  if (refused !== undefined) log('warning', 'a notice was refused', { notice: noticeId, kind, error: refused })
  else await within(({ notices }) => notices.sent(noticeId))
  return 'done'
}
