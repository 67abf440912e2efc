import * as z from 'zod/mini'
import { AnnouncementPath } from '../../../lib/contract/announcement.ts'
import { refuse } from '../../../lib/entry/operation.ts'
import { operatorOperation } from '../../../lib/entry/operator-operation.ts'
import { writeOwnDown } from './deed.ts'

export const endAnnouncement = operatorOperation({
  summary: 'Take back an announcement: nobody is told it any more',
  deed: 'announcement.end',
  path: AnnouncementPath,
  answers: [204, z.null()],
  refuses: ['not_found'],
  async run(given, desk) {
    const id = given.path.announcementId
    if (!(await desk.announcements.end(id))) return refuse('not_found')
    await writeOwnDown(desk, { given, subject: id })
    return null
  },
})
