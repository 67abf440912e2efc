import * as z from 'zod/mini'
import { Announcements } from '../../../lib/contract/announcement.ts'
import { publicOperation } from '../../../lib/entry/operation.ts'

export const listAnnouncements = publicOperation({
  summary: 'List what those who run the installation tell everybody now',
  query: z.object({}),
  answers: [200, Announcements],
  freshSeconds: 60,
  run: async (_, { announcements }) => ({ items: await announcements.list() }),
})
