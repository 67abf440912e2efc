import { Guests, GuestsPath } from '../../../lib/contract/guest.ts'
import { inProject } from '../../../lib/entry/locate.ts'
import { readingOperation } from '../../../lib/entry/operation.ts'

export const listGuests = readingOperation({
  summary: 'List the guests of a project, and those who are invited to be one',
  path: GuestsPath,
  may: ['guest.list', inProject],
  answers: [200, Guests],
  async run({ path: { projectId } }, { guests }) {
    const [items, invited] = await Promise.all([guests.list(projectId), guests.invited(projectId)])
    return { items, invited }
  },
})
