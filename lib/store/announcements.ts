import type { Announcement, NewAnnouncement } from '../contract/announcement.ts'
import type { AnnouncementId } from '../contract/ids.ts'
import type { Transaction } from './sql.ts'

/** Who may see which is the database's to say: everybody those that hold now, an operator all. */
export function announcementStore(transaction: Transaction) {
  return {
    /** Warnings first, then the newest. */
    async list(): Promise<Announcement[]> {
      const rows = await transaction<Row[]>`
        select id, tone, words, starts_at, ends_at, dismissible from everjust.announcements
        order by tone desc, starts_at desc, id limit 50`
      return rows.map(({ starts_at: from, ends_at: until, ...rest }) => ({
        ...rest,
        from: from.toISOString(),
        until: until?.toISOString() ?? null,
      }))
    },
  }
}

type Row = Omit<Announcement, 'from' | 'until'> & { starts_at: Date; ends_at: Date | null }

/** What only those do who run the installation. */
export function announcementDeskStore(transaction: Transaction) {
  return {
    ...announcementStore(transaction),

    async add(id: AnnouncementId, { tone, words, from, until, dismissible }: NewAnnouncement): Promise<void> {
      await transaction`
        insert into everjust.announcements (id, tone, words, starts_at, ends_at, dismissible)
        values (${id}, ${tone}, ${transaction.json(words)}, ${from}, ${until}, ${dismissible})`
    },

    /** False when there is none, or it is over. */
    async end(id: AnnouncementId): Promise<boolean> {
      const rows = await transaction`
        update everjust.announcements set ends_at = now()
        where id = ${id} and (ends_at is null or ends_at > now()) returning id`
      return rows.length > 0
    },
  }
}
