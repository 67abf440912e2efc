import * as z from 'zod/mini'
import { AnnouncementId } from './ids.ts'
import { Instant } from './page.ts'

export const announcementTones = ['news', 'warn'] as const
export const announcementLimit = 300

const Words = z.string().check(z.trim(), z.minLength(3), z.maxLength(announcementLimit))

/** What those who run the installation tell everybody, in the languages of the site; who reads another reads the English. */
export const NewAnnouncement = z.strictObject({
  tone: z.enum(announcementTones),
  words: z.strictObject({ en: Words, de: z.nullable(Words) }),
  from: Instant,
  until: z.nullable(Instant),
  /** Whether who has read it need not see it again. */
  dismissible: z.boolean(),
})
export type NewAnnouncement = z.infer<typeof NewAnnouncement>

export const Announcement = z.object({
  id: AnnouncementId,
  tone: z.enum(announcementTones),
  words: z.object({ en: z.string(), de: z.nullable(z.string()) }),
  from: Instant,
  until: z.nullable(Instant),
  dismissible: z.boolean(),
})
export type Announcement = z.infer<typeof Announcement>

/** What holds now; told to anybody. */
export const Announcements = z.object({ items: z.array(Announcement) })
export type Announcements = z.infer<typeof Announcements>

export const AnnouncementPath = z.object({ announcementId: AnnouncementId })
