import { Announcements } from '../../../lib/contract/announcement.ts'
import { operatorOperation } from '../../../lib/entry/operator-operation.ts'

export const listAnnouncements = operatorOperation({
  summary: 'List the last announcements, those that are over or to come among them, for the operator',
  answers: [200, Announcements],
  run: async (_, { announcements }) => ({ items: await announcements.list() }),
})
