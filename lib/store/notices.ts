import type { JobId, NoticeId } from '../contract/ids.ts'
import { newId } from '../contract/new-id.ts'
import type { Notice, NoticeKind, WordsOf } from '../domain/notices.ts'
import type { OnEnqueued } from './jobs.ts'
import type { Transaction } from './sql.ts'

export interface NewNotice<K extends NoticeKind> {
  to: string
  kind: K
  words: WordsOf<K>
  /** Told once for each key. */
  key: string
}

/** Mails that people are sent, written along with what they tell of. */
export function noticeStore(transaction: Transaction, onEnqueued: OnEnqueued = () => {}) {
  return {
    async send<K extends NoticeKind>({ to, kind, words, key }: NewNotice<K>): Promise<void> {
      const [row] = await transaction<{ jobId: JobId | null }[]>`
        select everjust.send_notice(${newId('notice')}, ${newId('job')}, ${key}, ${to}, ${kind},
          ${transaction.json(words)}) as "jobId"`
      if (row?.jobId) onEnqueued('send-notice', row.jobId)
    },
  }
}

/** What only the job that carries them does. */
export function noticeRoundStore(transaction: Transaction) {
  return {
    /** One that was not sent yet. */
    async unsent(id: NoticeId): Promise<(Notice & { to: string }) | undefined> {
      const [row] = await transaction<(Notice & { to: string })[]>`
        select recipient as to, kind, words from everjust.notices where id = ${id} and sent_at is null`
      return row
    },

    /** What it said, and to whom, is not kept: it may have been a secret. */
    async sent(id: NoticeId): Promise<void> {
      await transaction`
        update everjust.notices set sent_at = now(), recipient = '', words = '{}' where id = ${id}`
    },
  }
}
