import type { SessionId, UserId } from '../contract/ids.ts'
import type { Session } from '../contract/sign-in.ts'
import type { Transaction } from './sql.ts'

type Row = Omit<Session, 'current' | 'startedAt' | 'seenAt'> & { startedAt: Date; seenAt: Date }

/** Where a person is signed in. Ending one refuses what comes by it with the next request. */
export function sessionStore(transaction: Transaction) {
  return {
    /** Those that may still be in use, the latest first: the issuer's last for thirty days at most. */
    async list(userId: UserId, current: SessionId | null): Promise<Session[]> {
      const rows = await transaction<Row[]>`
        select id, agent, origin, two_factors as "twoFactors", created_at as "startedAt", seen_at as "seenAt"
        from everjust.sessions
        where user_id = ${userId} and ended_at is null and seen_at > now() - interval '30 days'
        order by seen_at desc, id limit 100`
      return rows.map(({ startedAt, seenAt, ...row }) => ({
        ...row,
        current: row.id === current,
        startedAt: startedAt.toISOString(),
        seenAt: seenAt.toISOString(),
      }))
    },

    async end(userId: UserId, id: SessionId): Promise<boolean> {
      const { count } = await transaction`
        update everjust.sessions set ended_at = now() where user_id = ${userId} and id = ${id} and ended_at is null`
      return count > 0
    },

    /** All but one; how many they were. */
    async endOthers(userId: UserId, current: SessionId | null): Promise<number> {
      const { count } = await transaction`
        update everjust.sessions set ended_at = now()
        where user_id = ${userId} and id is distinct from ${current} and ended_at is null`
      return count
    },
  }
}
