import type { Identity } from '../contract/identity.ts'
import { newId, type IdentityId, type SessionId, type UserId } from '../contract/ids.ts'
import { keptHours } from '../contract/library-limits.ts'
import { companyWays, ticketSeconds, wayOf, type Held } from '../domain/identity.ts'
import type { OnEnqueued } from './jobs.ts'
import type { Transaction } from './sql.ts'

interface Asking {
  /** Of the ticket. */
  digest: string
  userId: UserId
  sessionId: SessionId
}

export interface Linked {
  outcome: 'linked'
  id: IdentityId
  /** The addresses of the account that stays and of the one that was linked. */
  firstEmail: string | null
  secondEmail: string | null
}

type NotLinked = { outcome: 'same' | 'ticket' | 'company' } | { outcome: 'held'; held: Held[] }

export interface Unlinked {
  outcome: 'unlinked'
  /** The addresses of the account and of what was taken from it. */
  stays: string | null
  gone: string | null
}
type NotUnlinked = { outcome: 'current' } | { outcome: 'unknown' }

interface Row {
  id: IdentityId | 'first'
  current: boolean
  email: string | null
  subject: string
  since: Date
}

/** By what a person signs in. */
export function identityStore(transaction: Transaction, onEnqueued: OnEnqueued = () => {}) {
  return {
    /** The one that stands with the person first, then as they were linked. */
    async list(userId: UserId, session: SessionId | null): Promise<Identity[]> {
      const rows = await transaction<Row[]>`
        with here as (select identity_id from everjust.sessions where id = ${session})
        select 'first' as id, exists (select from here where identity_id is null) as current, email, subject,
          created_at as since
        from everjust.users where id = ${userId}
        union all (
          select id, exists (select from here where identity_id = i.id), email, subject, created_at
          from everjust.identities i where user_id = ${userId} order by created_at, id)`
      return rows.map(({ subject, since, ...row }) => ({ ...row, way: wayOf(subject), since: since.toISOString() }))
    },

    /** Until when it may be used; the latest one holds. */
    async ask({ digest, sessionId }: Omit<Asking, 'userId'>): Promise<string> {
      const [row] = await transaction<{ until: Date }[]>`
        select everjust.ask_link(${digest}, ${sessionId}, ${ticketSeconds}) as until`
      return (row?.until ?? new Date()).toISOString()
    },

    /** Makes the caller's account an identity of who asked, if it has nothing of its own. */
    async linkMe(
      asked: Asking,
      { session, requestId }: { session: SessionId; requestId: string },
    ): Promise<Linked | NotLinked> {
      const [id, receiptId, jobId] = [newId('identity'), newId('receipt'), newId('job')]
      const [row] = await transaction<(Omit<Linked, 'id'> | NotLinked)[]>`
        select outcome, held, first_email as "firstEmail", second_email as "secondEmail"
        from everjust.link_me(${asked.digest}, ${asked.userId}, ${asked.sessionId}, ${session}, ${id}, ${receiptId}, ${jobId},
          ${requestId}, ${keptHours}, ${transaction.json([...companyWays])})`
      if (row?.outcome !== 'linked') return row ?? { outcome: 'ticket' }
      onEnqueued('delete-account', jobId)
      return { ...row, id }
    },

    /** Not the one that the caller came by. */
    async unlink(id: IdentityId | 'first', session: SessionId): Promise<Unlinked | NotUnlinked> {
      const [row] = await transaction<(Unlinked | NotUnlinked)[]>`
        select outcome, stays, gone from everjust.unlink(${id}, ${session})`
      return row ?? { outcome: 'unknown' }
    },
  }
}
