import { Announcement, NewAnnouncement } from '../../../lib/contract/announcement.ts'
import { newId } from '../../../lib/contract/ids.ts'
import { refuse } from '../../../lib/entry/operation.ts'
import { operatorOperation } from '../../../lib/entry/operator-operation.ts'
import { writeOwnDown } from './deed.ts'

export const addAnnouncement = operatorOperation({
  summary: 'Tell everybody something, from a moment until another',
  deed: 'announcement.add',
  body: NewAnnouncement,
  answers: [201, Announcement],
  refuses: ['invalid_request'],
  async run(given, desk) {
    const { from, until, words } = given.body
    if (until !== null && new Date(until) <= new Date(Math.max(Date.parse(from), desk.now().getTime()))) {
      return refuse('invalid_request', 'It would be over before anybody saw it.')
    }
    const id = newId('announcement')
    await desk.announcements.add(id, given.body)
    const detail = { words: words.en, from, until }
    await writeOwnDown(desk, { given, subject: id, detail })
    return { id, ...given.body }
  },
})
